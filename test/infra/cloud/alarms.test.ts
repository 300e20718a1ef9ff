import { expect, test } from 'vitest'
import { METRICS, NAMESPACE } from '#core/metrics.ts'
import { entries } from '#infra/cloud/handlers.ts'
import { synth } from './synth.ts'

test('M3: an alarm looks at a metric that a function emits', () => {
  const alarms = synth().all('AWS::CloudWatch::Alarm')
  expect(alarms.map(([, { Properties }]) => Properties.MetricName)).toContain('SweepCorrections')
  for (const [, { Properties }] of alarms) {
    expect(METRICS).toContain(Properties.MetricName)
    expect(Properties.Namespace).toBe(NAMESPACE)
    const services = Properties.Dimensions.map(({ Value }: { Value: string }) => Value)
    for (const service of services) expect(Object.keys(entries())).toContain(service)
  }
})
