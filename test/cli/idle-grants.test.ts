import { expect, it } from 'vitest'
import { createSampleAdapter, run } from './sample-tools.ts'

const config = `registries:
  - { name: dev, adapter: local, environment: dev }
  - { name: prod, adapter: mlflow, environment: prod, url: "http://prod", timeoutMs: 200 }
permissions:
  grants:
    - { principal: "user:a", registry: dev, model: churn, permission: READ }
    - { principal: "user:a", model: "fraud*", permission: READ }
    - { principal: "user:a", registry: dev, model: "frauds*", permission: READ }
    - { principal: "user:a", registry: "*", model: chrun, permission: READ }
    - { principal: "user:a", registry: prod, permission: READ }
`
const time = new Date(0)
const holding = (pages: readonly (readonly string[])[]) => {
  const sample = createSampleAdapter()
  return createSampleAdapter({
    models: {
      ...sample.models,
      list: async ({ continuation }) => {
        const page = Number(continuation ?? '0')
        const items = (pages[page] ?? []).map((name) => ({
          name,
          description: null,
          tags: [],
          aliases: [],
          createdAt: time,
          updatedAt: time,
          archived: false,
          latestVersions: null,
        }))
        const next = page + 1 < pages.length ? String(page + 1) : null
        return { items, continuation: next, hints: null, residue: null, ordered: true }
      },
    },
  })
}

it('notes a grant of no model with its place and what to write, and is well all the same', async () => {
  const adapters = { dev: holding([['a'], ['churn']]), prod: holding([['fraud-eu']]) }
  const { code, stdout } = await run(['check'], { config, adapters })
  expect(code).toBe(0)
  const notes = stdout.split('\n').filter((line) => line.startsWith('note: '))
  expect(notes.map((note) => /^note: (.*?:\d+):\d+ (\S+): /.exec(note)?.slice(1))).toEqual([
    ['modelgate.yaml:8', 'permissions.grants[2]'],
    ['modelgate.yaml:9', 'permissions.grants[3]'],
  ])
  expect(notes[0]).toContain('there is no model whose name is of this form in "dev"; write')
  expect(notes[1]).toContain('there is no model of this name in any registry; write')
  const { stdout: json } = await run(['check', '--json'], { config, adapters })
  expect((JSON.parse(json) as { notices: string[] }).notices).toHaveLength(2)
})

it('says nothing of what a registry that cannot be read may hold', async () => {
  const { stdout } = await run(['check'], { config, adapters: { dev: holding([['churn']]) } })
  const notes = stdout.split('\n').filter((line) => line.startsWith('note: '))
  expect(notes).toHaveLength(1)
  expect(notes[0]).toContain('permissions.grants[2]')
})
