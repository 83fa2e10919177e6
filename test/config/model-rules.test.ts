import { describe, expect, it } from 'vitest'
import { loadText, problemsOf } from './sample-directory.ts'

const registries = `registries:
  - { name: mlflow-a, adapter: local, environment: dev }
  - { name: mlflow-b, adapter: local, environment: prod }
  - { name: main, adapter: local }
logicalModels:
`
const rules = (...lines: string[]) => registries + lines.map((line) => `  - ${line}\n`).join('')
const ofMain = '{ registry: main, name: "{environment}.{name}" }'

describe('rules of logicalModels', () => {
  it('are for registries by name or by pattern, by name or by tag', async () => {
    const text = rules(
      ofMain,
      '{ registry: "mlflow-*", tag: business-name }',
      '{ registry: "*", name: "{name}" }',
    )
    const { logicalModels } = await loadText(text)
    expect(logicalModels).toEqual([
      { registry: 'main', name: '{environment}.{name}' },
      { registry: 'mlflow-*', tag: 'business-name' },
      { registry: '*', name: '{name}' },
    ])
  })

  it.each([
    ['{ registry: "*" }', '7:5 logicalModels[1]: says nothing of models; write name: "{name}", or tag: KEY'],
    ['{ registry: "*", name: "{name}", tag: t }', '7:43 logicalModels[1].tag: cannot stand beside `name`'],
    ['{ registry: "*", tag: "" }', '7:27 logicalModels[1].tag: must not be empty'],
    [
      '{ registry: "mlfow-*", name: "{name}" }',
      '7:17 logicalModels[1].registry: no registry has such a name; ',
    ],
    [
      '{ registry: mlflow, name: "{name}" }',
      '7:17 logicalModels[1].registry: there is no such registry; did you mean "mlflow-a"?',
    ],
    ['{ registry: "*", name: "fixed" }', '7:28 logicalModels[1].name: must hold {name}'],
    ['{ registry: "*", name: "{environment}{name}" }', '7:28 logicalModels[1].name: cannot tell where'],
    [
      '{ registry: main, name: "x.{name}" }',
      '7:5 logicalModels[1]: cannot match, as no registry that it is for has an environment; write {environment} into',
    ],
    [
      '{ registry: main, tag: t }',
      '7:5 logicalModels[1]: cannot match, as no registry that it is for has an environment; give the registry',
    ],
  ])('%s is wrong', async (rule, problem) => {
    const problems = await problemsOf(rules(ofMain, rule))
    expect(problems).toEqual([expect.stringContaining(`modelgate.yaml:${problem}`)])
  })

  const never = (index: number, before: number) =>
    `logicalModels[${index}]: never decides, as logicalModels[${before}] comes first and matches every model that this one does`

  it.each([
    [
      'the same twice',
      ['{ registry: "*", name: "a.{name}" }', '{ registry: "*", name: "a.{name}" }'],
      never(2, 1),
    ],
    [
      'after what matches all',
      ['{ registry: "*", name: "{name}" }', '{ registry: mlflow-a, tag: t }'],
      never(2, 1),
    ],
    [
      'one environment after all',
      ['{ registry: "*", name: "{environment}.{name}" }', '{ registry: "mlflow-*", name: "prod.{name}" }'],
      never(2, 1),
    ],
    [
      'all environments after each',
      [
        '{ registry: mlflow-a, name: "dev.{name}" }',
        '{ registry: mlflow-a, name: "staging.{name}" }',
        '{ registry: mlflow-a, name: "prod.{name}" }',
        '{ registry: mlflow-a, name: "{environment}.{name}" }',
      ],
      never(4, 3),
    ],
    [
      'a longer form',
      ['{ registry: "mlflow-*", name: "a{name}" }', '{ registry: mlflow-b, name: "ab{name}.x" }'],
      never(2, 1),
    ],
    ['one tag twice', ['{ registry: "mlflow-*", tag: t }', '{ registry: mlflow-a, tag: t }'], never(2, 1)],
    [
      'by two for two registries',
      [
        '{ registry: mlflow-a, tag: t }',
        '{ registry: mlflow-b, tag: t }',
        '{ registry: "mlflow-*", tag: t }',
      ],
      never(3, 2),
    ],
  ])('of which one never decides are refused: %s', async (_, lines, problem) => {
    expect(await problemsOf(rules(ofMain, ...lines))).toEqual([expect.stringContaining(problem)])
  })

  it.each([
    [
      'a wider form later',
      ['{ registry: "*", name: "dev.{name}" }', '{ registry: "*", name: "{environment}.{name}" }'],
    ],
    ['another end', ['{ registry: "*", name: "{name}.x" }', '{ registry: "*", name: "x.{name}" }']],
    [
      'another tag',
      ['{ registry: "*", tag: a }', '{ registry: "*", tag: b }', '{ registry: "*", name: "{name}" }'],
    ],
    [
      'for one registry more',
      ['{ registry: mlflow-a, name: "{name}" }', '{ registry: "mlflow-*", name: "{name}" }'],
    ],
  ])('of which each decides something are taken: %s', async (_, lines) => {
    expect((await loadText(rules(ofMain, ...lines))).logicalModels).toHaveLength(lines.length + 1)
  })
})
