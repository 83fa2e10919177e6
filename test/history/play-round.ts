import { setTimeout as wait } from 'node:timers/promises'
import { Random } from '../environment/random.ts'
import { lastLook } from './call.ts'
import { checkHistory, explain } from './check-history.ts'
import { Client } from './client.ts'
import { disturb } from './disturb.ts'
import type { Fleet } from './fleet.ts'
import { registryUnderTest } from './fleet.ts'
import { aliases, Group, type Occupation } from './group.ts'
import { type Door, History } from './history.ts'
import { occupations } from './occupations.ts'
import type { Originals } from './originals.ts'
import { describeCalls } from './print-calls.ts'
import type { Target, VersionWithFiles } from './target.ts'

export interface Round {
  readonly seed: number
  readonly name: string
  /** By kills and the like; `long`: also by what takes long. */
  readonly disturbed: 'no' | 'briefly' | 'long'
  readonly only?: readonly (keyof typeof occupations)[]
}

interface Party {
  readonly group: Group
  readonly occupation: Occupation
  readonly history: History
  readonly clients: readonly Client[]
}

/** Several groups at once, each with its clients: twice, as all keys are forgotten in between. Gives what went wrong. */
export async function playRound(
  fleet: Fleet,
  target: Target,
  originals: Originals,
  { seed, name, disturbed, only }: Round,
): Promise<string[]> {
  const random = new Random(seed)
  const stop = new AbortController()
  const parties = Object.entries(occupations)
    .filter(([kind]) => isMeant(kind, target) && (only?.includes(kind as keyof typeof occupations) ?? true))
    .flatMap(([kind, occupation]) =>
      Array.from({ length: occupation.groups }, (_, index) => {
        const group = new Group(`${name}-${kind}-${index}`, target, originals.whole, originals.spoilt)
        return createParty(group, occupation, random, fleet.members)
      }),
    )
  for (const { group, occupation, history } of parties) await prepare(fleet, group, occupation, history)
  const disturbing =
    disturbed === 'no'
      ? null
      : disturb(fleet, new Random(random.next() * 2 ** 31), {
          isPatient: disturbed === 'long',
          stop: stop.signal,
        })
  for (let era = 0; era < 2; era++) {
    if (era > 0) await fleet.database.forgetKeys()
    for (const { history } of parties) history.era = era
    await Promise.all(
      parties.flatMap(({ clients, occupation }) => clients.map((client) => client.work(occupation))),
    )
  }
  stop.abort()
  await disturbing
  return (await Promise.all(parties.map((party) => judge(party, fleet, target)))).flat()
}

function isMeant(kind: string, { canRename, readFiles }: Target): boolean {
  return (kind !== 'renaming' || canRename) && (kind !== 'copying' || readFiles !== null)
}

function createParty(group: Group, occupation: Occupation, random: Random, doors: readonly Door[]): Party {
  const history = new History(registryUnderTest)
  const clients = Array.from(
    { length: occupation.clients },
    (_, index) => new Client(`client ${index}`, group, new Random(random.next() * 2 ** 31), history, doors),
  )
  return { group, occupation, history, clients }
}

async function prepare(fleet: Fleet, group: Group, { first }: Occupation, history: History): Promise<void> {
  const [door] = fleet.members
  if (!door) throw new Error('The fleet has no gateway.')
  for (const wish of first(group)) {
    const call = await history.ask(door, { client: 'the first', wish, key: null, manners: patient() })
    if (call?.outcome.kind !== 'done') throw new Error(`Not prepared: ${JSON.stringify(call)}`)
    group.learn(call)
  }
}

async function judge({ group, history }: Party, fleet: Fleet, target: Target): Promise<string[]> {
  for (const door of fleet.members) for (const name of group.names) await look(door, name, history)
  const violations = checkHistory(history.calls, { aliases, writesStepwise: target.writesStepwise })
  return [
    ...violations.map((each) => `${group.name}: ${explain(each)}`),
    ...(await checkFiles(group, history, target)),
  ]
}

/** Until it is answered: all is well by now. */
async function look(door: Door, name: string, history: History): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const wish = { kind: 'readModel', name } as const
    const call = await history.ask(door, { client: lastLook, wish, key: null, manners: patient() })
    if (call?.outcome.kind === 'done') return
    await wait(50)
  }
  throw new Error(`Gateway ${door.name} does not say what has become of ${name}.`)
}

function patient() {
  return { signal: AbortSignal.timeout(30_000), headers: {} }
}

/** Every copy that is there has the files of its original. */
async function checkFiles(group: Group, { calls }: History, { readFiles }: Target): Promise<string[]> {
  if (readFiles === null) return []
  const versions = new Map<string, VersionWithFiles>()
  for (const { client, wish, outcome } of calls) {
    if (client !== lastLook || outcome.kind !== 'done') continue
    for (const [version, seen] of Object.entries(outcome.answer.model?.versions ?? {}))
      versions.set(seen.marker, { ...seen, model: wish.name, version })
  }
  const wrong: string[] = []
  for (const { wish } of calls) {
    if (wish.kind !== 'copyVersion') continue
    const version = versions.get(wish.marker)
    versions.delete(wish.marker)
    const wanted = wish.original.files
    const found = version && (await readFiles(version, Object.keys(wanted)))
    if (found === undefined || JSON.stringify(found) === JSON.stringify(wanted)) continue
    const brief = (text: string | undefined) =>
      text === undefined ? 'missing' : `${text.length} bytes ${text.slice(0, 12)}`
    const files = Object.keys(wanted).map(
      (path) => `${path}: ${brief(found[path])}, not ${brief(wanted[path])}`,
    )
    const about = calls.filter((call) => call.wish.name === wish.name && 'marker' in call.wish)
    wrong.push(
      `${group.name}: A copy has other files than its original.\n${files.join('\n')}\nmarker ${wish.marker}\n${describeCalls(about)}`,
    )
  }
  return wrong
}
