import { dirname, join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { event } from '../../src/graphql/resolvers/event.ts'
import { EventLog } from '../../src/state/catalog/event-log.ts'
import { catalogTables } from '../../src/state/catalog/tables.ts'
import { silent } from '../state/database-source.ts'
import { changes, data, make, now, openLab } from './lab.ts'
import { ask, connect, everyEvent, listen } from './listen.ts'

it('each event is said once for all who ask the same, however they came and whenever they begin', async () => {
  const say = vi.spyOn(event as { cursor: () => string }, 'cursor')
  const { url } = await openLab()
  const since = await now(url)
  const clients = [connect(url), connect(url), connect(url)]
  const listening = clients.flatMap((client) => Array.from({ length: 20 }, () => listen(client, { since })))
  say.mockClear()
  for (const name of ['a', 'b', 'c']) await data(url, make(name))
  for (const told of listening) await told.until(3)
  const late = listen(connect(url), { since })
  await late.until(3)
  expect(say).toHaveBeenCalledTimes(3)
  const other = listen(connect(url), { since }, everyEvent.replace('Told', 'Others'))
  await other.until(3)
  expect(say).toHaveBeenCalledTimes(6)
  for (const told of [...listening, late, other]) expect(told.events).toEqual(listening[0]?.events)
  say.mockRestore()
})

it('who comes back too late is told where what is kept begins', async () => {
  const gateway = await openLab()
  const { url } = gateway
  const since = await now(url)
  for (const name of ['a', 'b']) await data(url, make(name))
  const cut = Date.parse((await data(url, '{ changes { nodes { at } } }')).changes.nodes[1].at)
  const database = await openGatewayDatabase(`sqlite:${join(dirname(gateway.file), 'state.db')}`, {
    log: silent,
  })
  await new EventLog(database).cutBefore(cut)
  await database.close()
  await data(url, make('c'))
  const [error] = (await listen(connect(url), { since }).over) as { message: string; extensions: object }[]
  expect(error).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: 'since' } })
  const begin = /begin after "([^"]+)"/.exec(error?.message ?? '')?.[1]
  const told = listen(connect(url), { since: begin })
  await told.until(2)
  expect(told.events.map(({ model }) => model)).toEqual(['b', 'c'])
  expect(told.events).toEqual(await changes(url))
})

it('who has a cursor that the log does not reach, as after a restore, is told where it ends', async () => {
  const gateway = await openLab()
  const { url } = gateway
  for (const name of ['a', 'b']) await data(url, make(name))
  const [, lost] = await changes(url)
  const file = `sqlite:${join(dirname(gateway.file), 'state.db')}`
  const database = catalogTables.in(await openGatewayDatabase(file, { log: silent }))
  await database.queries.deleteFrom('event_log').where('seq', '>', 1).execute()
  await database.queries.updateTable('event_log_end').set({ last: 1 }).execute()
  await database.close()
  const since = lost?.cursor ?? ''
  const [error] = (await listen(connect(url), { since }).over) as { message: string; extensions: object }[]
  expect(error).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: 'since' } })
  const { errors } = await ask(connect(url), `{ changes(since: "${since}") { nodes { id } } }`)
  expect(errors).toMatchObject([{ message: error?.message, extensions: { code: 'BAD_USER_INPUT' } }])
  const end = /ends at "([^"]+)"/.exec(error?.message ?? '')?.[1]
  const told = listen(connect(url), { since: end })
  await data(url, make('c'))
  expect(await told.until(1)).toMatchObject([{ model: 'c' }])
})
