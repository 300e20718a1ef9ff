import { expect, test } from 'vitest'
import { type Change, expressionOf } from '#functions/store/expression.ts'

const EXISTS = 'attribute_exists(#pk)'

test.each<
  [
    change: Change,
    update: string | undefined,
    condition: string,
    values: Record<string, unknown> | undefined,
  ]
>([
  [{ set: { a: 1 } }, 'SET #a = :v0', EXISTS, { ':v0': 1 }],
  [{ set: { a: 1, b: 'x' } }, 'SET #a = :v0, #b = :v1', EXISTS, { ':v0': 1, ':v1': 'x' }],
  [{ set: { a: undefined } }, 'REMOVE #a', EXISTS, undefined],
  [{ set: { a: undefined, b: undefined } }, 'REMOVE #a, #b', EXISTS, undefined],
  [
    { set: { a: 0, b: '', c: false } },
    'SET #a = :v0, #b = :v1, #c = :v2',
    EXISTS,
    {
      ':v0': 0,
      ':v1': '',
      ':v2': false,
    },
  ],
  [{ add: { n: 1 } }, 'ADD #n :v0', EXISTS, { ':v0': 1 }],
  [
    { set: { a: 1, b: undefined }, add: { n: 2 } },
    'SET #a = :v0 ADD #n :v1 REMOVE #b',
    EXISTS,
    { ':v0': 1, ':v1': 2 },
  ],
  [
    { set: { a: 2 }, when: { a: 1 } },
    'SET #a = :v0',
    `${EXISTS} AND #a = :v1`,
    { ':v0': 2, ':v1': 1 },
  ],
  [
    { when: { a: ['x', 'y'], b: null, c: true } },
    undefined,
    `${EXISTS} AND #a IN (:v0, :v1) AND attribute_not_exists(#b) AND #c = :v2`,
    { ':v0': 'x', ':v1': 'y', ':v2': true },
  ],
  [
    { set: { a: 1 }, when: { pk: null } },
    'SET #a = :v0',
    'attribute_not_exists(#pk)',
    {
      ':v0': 1,
    },
  ],
  [
    { when: { a: [] } },
    undefined,
    `${EXISTS} AND (attribute_exists(#a) AND attribute_not_exists(#a))`,
    undefined,
  ],
  [{}, undefined, EXISTS, undefined],
  [{ set: {}, add: {}, when: {} }, undefined, EXISTS, undefined],
])('%j is written as %s if %s', (change, update, condition, values) => {
  const expression = expressionOf(change)
  expect(expression.UpdateExpression).toBe(update)
  expect(expression.ConditionExpression).toBe(condition)
  expect(expression.ExpressionAttributeValues).toEqual(values)
})

test('every name goes by a placeholder, for a third of the usual ones is reserved', () => {
  const { ExpressionAttributeNames, UpdateExpression } = expressionOf({
    set: { status: 'x', size: undefined },
    add: { count: 1 },
    when: { name: 'y' },
  })
  expect(ExpressionAttributeNames).toEqual({
    '#status': 'status',
    '#size': 'size',
    '#count': 'count',
    '#name': 'name',
    '#pk': 'pk',
  })
  expect(UpdateExpression).not.toMatch(/(?<![#:])\b(status|size|count|name)\b/)
})
