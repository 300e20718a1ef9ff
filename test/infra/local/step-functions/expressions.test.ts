import { expect, test } from 'vitest'
import { openEvaluator } from '#infra/local/step-functions/expressions/evaluator.ts'

const evaluate = openEvaluator({
  now: () => 1_767_225_600_000,
  random: () => 0.25,
})

test.each([
  ['a constant', { a: [1, null, ' {% 1 %} '] }, { a: [1, null, ' {% 1 %} '] }],
  ['an expression', '{% $states.input.a + 1 %}', 2],
  ['an expression deep inside', { a: [{ b: '{% $v %}' }] }, { a: [{ b: 'seen' }] }],
  ['null', '{% null %}', null],
  ['$partition', '{% $partition([1,2,3,4,5], 2) %}', [[1, 2], [3, 4], [5]]],
  ['$range', '{% $range(0, 10, 5) %}', [0, 5, 10]],
  ['$range downwards', '{% $range(3, 1, -1) %}', [3, 2, 1]],
  ['$hash', '{% $hash("a", "MD5") %}', '0cc175b9c0f1b6a831c399e269772661'],
  ['$random', '{% $random() %}', 0.25],
  ['$random of a seed', '{% $random(7) = $random(7) and $random(7) < 1 %}', true],
  ['$uuid', '{% $uuid() %}', '44444444-4444-4444-8444-444444444444'],
  ['$parse', `{% $parse('{"a": [1]}').a %}`, [1]],
  ['$millis', '{% $millis() %}', 1_767_225_600_000],
  ['$now', '{% $now() %}', '2026-01-01T00:00:00.000Z'],
  ['$now of a picture', "{% $now('[Y]', '+0000') %}", '2026'],
  ['an assignment inside', '{% ($a := 2; $a * 3) %}', 6],
])('%s has its value', async (_, template, value) => {
  expect(await evaluate(template, { v: 'seen', states: { input: { a: 1 } } }, 'Output')).toEqual(
    value,
  )
})

test.each([
  [
    'nothing',
    '{% $states.input.gone %}',
    /^The JSONata expression '\$states.input.gone' specified for the field 'Output' returned nothing \(undefined\)\.$/,
  ],
  [
    'a result where there is none',
    { a: ['{% $states.result %}'] },
    /field 'Output\/a\[0\]' returned nothing/,
  ],
  ['a type error', '{% 1 + "a" %}', /threw an error during evaluation\. T2002: /],
  ['$eval', '{% $eval("1") %}', /threw an error during evaluation\. T1006: /],
  ['a function', '{% $sum %}', /A function is no JSON value/],
  ['text that is no JSON', '{% $parse("{") %}', /threw an error during evaluation\./],
  ['an unknown hash', '{% $hash("a", "CRC") %}', /knows no algorithm 'CRC'/],
])('%s is States.QueryEvaluationError', async (_, template, message) => {
  const states = { input: {} }
  await expect(evaluate(template, { states }, 'Output')).rejects.toMatchObject({
    name: 'States.QueryEvaluationError',
    message: expect.stringMatching(message),
  })
})

test('one evaluation does not see the bindings of another', async () => {
  const both = await Promise.all(
    [1, 2].map((v) => evaluate('{% ($w := $v; $w) %}', { v }, 'Output')),
  )
  expect(both).toEqual([1, 2])
  await expect(evaluate('{% $w %}', {}, 'Output')).rejects.toThrow('returned nothing')
})
