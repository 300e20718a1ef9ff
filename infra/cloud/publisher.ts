import { Duration } from 'aws-cdk-lib'
import {
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda'
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources'
import type { Construct } from 'constructs'
import { pascalCase } from './handlers.ts'
import type { Plane, WorkflowArns } from './plane.ts'
import { PlaneFunction } from './plane-function.ts'
import { planeVariables } from './plane-variables.ts'

/** Carries each new state event from the table's stream to the bus, at least once, in order (M2). */
export class Publisher extends PlaneFunction {
  constructor(scope: Construct, plane: Plane, workflows: WorkflowArns) {
    const { bundles, context, table, bus, deadLetters } = plane
    super(scope, pascalCase('publish'), {
      name: 'publish',
      bundles,
      logDays: context.logDays,
      variables: planeVariables(plane, workflows),
    })
    new EventSourceMapping(this, 'Stream', {
      target: this.function,
      ...(table.tableStreamArn !== undefined && { eventSourceArn: table.tableStreamArn }),
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      filters: [NEW_EVENTS],
      bisectBatchOnError: true,
      retryAttempts: 10,
      maxRecordAge: Duration.hours(12),
      onFailure: new SqsDlq(deadLetters),
    })
    table.grantPublisher(this)
    bus.grantPutEventsTo(this)
  }
}

/** The function looks for the same itself; here it saves invocations. */
const NEW_EVENTS = FilterCriteria.filter({
  eventName: FilterRule.isEqual('INSERT'),
  dynamodb: { Keys: { sk: { S: FilterRule.beginsWith('event#') } } },
})
