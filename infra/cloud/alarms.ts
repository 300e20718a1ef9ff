import { Duration } from 'aws-cdk-lib'
import {
  Alarm,
  Metric as CloudWatchMetric,
  ComparisonOperator,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch'
import { Construct } from 'constructs'
import { type Metric, NAMESPACE } from '#core/metrics.ts'

/** What operators are told of without asking (M3). */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id)
    this.onAny('SweepCorrections', 'sweep', 'Something was lost, and the sweeper mended it.')
  }

  /** Goes off when a function counted anything within five minutes. */
  private onAny(metricName: Metric, service: string, alarmDescription: string): void {
    new Alarm(this, metricName, {
      alarmDescription,
      metric: new CloudWatchMetric({
        namespace: NAMESPACE,
        metricName,
        dimensionsMap: { service },
        statistic: 'Sum',
        period: Duration.minutes(5),
      }),
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    })
  }
}
