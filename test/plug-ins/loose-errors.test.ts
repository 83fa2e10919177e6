import { expect, it, onTestFinished, vi } from 'vitest'
import { checkPlugIn, type PluggedProcess, startWithPlugIn } from './gateway-process.ts'
import { writePlugIn } from './plug-in-folder.ts'

const list = '{ models(registries: ["home"]) { complete sources { registry { name } state } } }'
const healthy = { complete: true, sources: [{ registry: { name: 'home' }, state: 'OK' }] }

async function start(text: string): Promise<PluggedProcess> {
  const gateway = await startWithPlugIn(writePlugIn(text))
  onTestFinished(gateway.kill)
  return gateway
}

it('a rejection that a plug-in left to nobody is logged, and the gateway goes on', async () => {
  const gateway = await start(`export default changed({ describe: async () => {
    Promise.reject(new Error('forgotten'))
    return description
  } })`)
  const seen = () => gateway.log.filter(({ err }) => err?.message === 'forgotten')
  await vi.waitUntil(() => seen().length > 0, 5000)
  expect(seen()[0]).toMatchObject({ level: 'error', msg: 'a rejection nobody handled; modelgate goes on' })
  expect((await gateway.ask(list)).data.models).toEqual(healthy)
})

it.each([
  ['as it is loaded', `Promise.reject(new Error('forgotten'))\nexport default define(() => adapter)`],
  [
    'in connect',
    `export default define(async () => {
       Promise.reject(new Error('forgotten'))
       await new Promise((resolve) => setTimeout(resolve))
       return adapter
     })`,
  ],
])(
  'a rejection that a plug-in left to nobody %s does not keep the gateway from starting',
  async (_, text) => {
    const gateway = await start(text)
    expect(gateway.log.find(({ err }) => err?.message === 'forgotten')).toMatchObject({ level: 'error' })
    const { data } = await gateway.ask('{ models { nodes { name } complete } }')
    expect(data.models).toEqual({ nodes: [{ name: 'a' }, { name: 'b' }, { name: 'c' }], complete: true })
  },
)

it.each([
  [
    'throws',
    'const fail = () => {\n  throw new Error("no licence")\n}\nfail()',
    /^Error: no licence\n.*acme\.mjs:3:/,
  ],
  ['cannot be parsed', '\n\nconst x = = 1', /acme\.mjs:4\n/],
])('the log says where a plug-in %s as it is loaded', async (_, text, place) => {
  const gateway = await start(text)
  const line = gateway.log.find(({ msg }) => msg.startsWith('loading a plug-in failed'))
  expect(line).toMatchObject({ level: 'error', registry: 'acme' })
  expect(line?.err?.stack).toMatch(place)
})

it('nor does it end `modelgate check`', async () => {
  const plugIn = writePlugIn(`Promise.reject(new Error('forgotten'))\nexport default define(() => adapter)`)
  const { code, printed } = await checkPlugIn(plugIn)
  expect(printed).toMatchObject({
    ok: true,
    registries: [{ registry: 'acme', ok: true }, { registry: 'home' }],
  })
  expect(code).toBe(0)
})

it('a plug-in that breaks the order it promises is named in the log, once', async () => {
  const gateway = await start(`export default changed({ models: { list: async (query) =>
    page([model("c"), model("a"), model("b")]) } })`)
  const names = async (direction: string) => {
    const orderBy = `[{field: CREATED_AT, direction: ${direction}}, {field: NAME, direction: ${direction}}]`
    const { data } = await gateway.ask(`{ models(orderBy: ${orderBy}) { nodes { name } } }`)
    return data.models.nodes.map(({ name }: { name: string }) => name)
  }
  expect(await names('ASC')).toEqual(['a', 'b', 'c'])
  expect(await names('DESC')).toEqual(['c', 'b', 'a'])
  await gateway.kill()
  const warnings = gateway.log.filter(({ msg }) =>
    msg.startsWith('the registry said that its rows are ordered'),
  )
  expect(warnings).toMatchObject([{ level: 'warn', registry: 'acme' }])
})

it('an error that a plug-in throws out of a timer is logged, and ends the gateway in order', async () => {
  const gateway = await start(`export default changed({ models: { get: async (names) => {
    setTimeout(() => { throw new Error('loose') })
    return names.map(model)
  } } })`)
  expect((await gateway.ask(list)).data.models).toEqual(healthy)
  const { data } = await gateway.ask('{ model(registry: "acme", name: "a") { name } }')
  expect(data.model).toEqual({ name: 'a' })
  expect(await gateway.exited).toBe(1)
  expect(gateway.log.find(({ err }) => err?.message === 'loose')).toMatchObject({
    level: 'error',
    msg: 'the gateway stops because of an error nobody caught',
  })
})

it('a plug-in without packages of its own is lent the gateway’s contract', async () => {
  const gateway = await start(`import { RegistryError } from 'modelgate/adapter'
    export default changed({ models: { list: async () => { throw new RegistryError('FORBIDDEN', 'Not you.') } } })`)
  const { data } = await gateway.ask(
    '{ models(registries: ["acme"]) { sources { state error { code message } } } }',
  )
  expect(data.models.sources).toEqual([{ state: 'ERROR', error: { code: 'FORBIDDEN', message: 'Not you.' } }])
})
