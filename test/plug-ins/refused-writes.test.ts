import { describe, expect, it, onTestFinished } from 'vitest'
import { openGateway } from '../gateway/open-gateway.ts'
import { openWithHome } from './open-with-home.ts'
import { configWith, writePlugIn } from './plug-in-folder.ts'

describe('a write to a plug-in that is not there', () => {
  const create = 'mutation { createModel(input: {registry: "acme", name: "m"}) { model { name } } }'
  const alias = `mutation { setAlias(input: {model: {key: {registry: "acme", name: "a"}}, alias: "prod", version: "1"})
    { alias { name } } }`

  it.each([
    ['throw new Error("no licence")', 'cannot be loaded (Error: no licence)'],
    ['export default define(() => { throw new Error("hunter2") })', 'failed in connect(); the log says why'],
  ])('%s: says why it is not', async (text, words) => {
    const gateway = await openWithHome(writePlugIn(text))
    for (const mutation of [create, alias]) {
      const { errors } = await gateway.ask(mutation)
      expect(errors).toHaveLength(1)
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'REGISTRY_ERROR', registry: 'acme' })
      expect(errors?.[0]?.message).toContain(words)
    }
  })

  it('says that it is read-only where the configuration does', async () => {
    const plugIn = writePlugIn('throw new Error("no licence")')
    const gateway = await openGateway(configWith(plugIn, { readOnly: true }))
    onTestFinished(gateway.close)
    const { errors } = await gateway.ask(create)
    expect(errors?.[0]?.message).toContain('The registry "acme" is read-only.')
  })
})

describe('a plug-in with a rule that backtracks without end', () => {
  const slow = `{ pattern: '^([a-z0-9]+[-_]?)+$', words: 'letters' }`
  const withRules = (rules: string) =>
    `export default changed({ writes, describe: async () =>
       ({ ...description, naming: { ...description.naming, ${rules} } }) })`
  const hostile = `${'a'.repeat(60)}!`

  it.each([
    ['modelName', 'model names', `name: "${hostile}"`],
    ['tagKey', 'tags', `name: "m", tags: [{key: "${hostile}", value: "v"}]`],
    ['tagValue', 'tags', `name: "m", tags: [{key: "k", value: "${hostile}"}]`],
    ['description', 'descriptions', `name: "m", description: "${hostile}"`],
  ])('for %s does not hold up the gateway', async (rule, what, input) => {
    const gateway = await openWithHome(writePlugIn(withRules(`${rule}: ${slow}`)))
    const startedAt = performance.now()
    const { errors } = await gateway.ask(
      `mutation { createModel(input: {registry: "acme", ${input}}) { model { name } } }`,
    )
    expect(performance.now() - startedAt).toBeLessThan(2000)
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'REGISTRY_ERROR', registry: 'acme' })
    expect(errors?.[0]?.message).toMatch(/^The adapter \S+acme\.mjs of "acme" has a rule for /)
    expect(errors?.[0]?.message).toContain(`a rule for ${what} that takes more than 100 ms to check.`)
  })

  it('still takes what the rule takes at once, and refuses what it does not', async () => {
    const gateway = await openWithHome(writePlugIn(withRules(`modelName: ${slow}`)))
    const create = (name: string) =>
      gateway.ask(
        `mutation { createModel(input: {registry: "acme", name: "${name}"}) { model { registry { name } } } }`,
      )
    expect((await create('a')).errors).toBeUndefined()
    const { errors } = await create('A!')
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'name' })
    expect(errors?.[0]?.message).toBe('"A!" is no model name that "acme" takes: it must be letters.')
  })
})
