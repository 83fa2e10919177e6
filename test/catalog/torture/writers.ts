import { setTimeout as wait } from 'node:timers/promises'
import type { Random } from '../../environment/random.ts'
import * as mutations from '../../gateway/mutations.ts'
import type { Answer } from '../../gateway/open-gateway.ts'
import type { Door } from '../../history/history.ts'
import type { Outside } from './outside.ts'

const aliases = ['champion', 'challenger']
const stages = ['None', 'Staging', 'Production']

/** Models that are there from the beginning to the end, each with two versions; and such as come and go. */
export interface Names {
  readonly steady: readonly string[]
  readonly changing: readonly string[]
}

/** A value that nobody else writes, and what became of it. */
export interface Mark {
  readonly value: string
  readonly by: 'gateway' | 'outside'
  /** Epoch milliseconds: it was written between these. */
  readonly from: number
  readonly to: number
  readonly isAcknowledged: boolean
}

/** An alias that was moved, or may have been. */
export interface Move {
  readonly model: string
  readonly alias: string
  readonly version: string
  readonly from: number
  readonly to: number
}

export interface Written {
  readonly marks: Mark[]
  readonly moves: Move[]
}

/** As somebody who does not come through the gateway, until told to stop. */
export async function writeOutside(
  outside: Outside,
  { steady, changing }: Names,
  random: Random,
  {
    stop,
    pauseMs,
    written,
  }: { readonly stop: AbortSignal; readonly pauseMs: number; readonly written: Written },
): Promise<void> {
  for (let count = 0; !stop.aborted; count++) {
    const model = random.pick([...steady, ...changing])
    const version = random.pick(['1', '2'])
    const isSteady = steady.includes(model)
    const from = Date.now()
    const kind = random.pickBy({
      tag: 3,
      alias: 4,
      ...(!isSteady && { make: 2, version: 2, unmake: 1, drop: 1 }),
    })
    // What is not there cannot be written to.
    const isDone = await carryOut().then(
      () => true,
      () => false,
    )
    if (kind === 'alias') written.moves.push({ model, alias: champion(), version, from, to: Date.now() })
    const value = `outside ${count}`
    if (kind === 'tag')
      written.marks.push({ value, by: 'outside', from, to: Date.now(), isAcknowledged: isDone })
    await wait(random.between(0, pauseMs))

    function champion(): string {
      return aliases[count % aliases.length] as string
    }
    function carryOut(): Promise<void> {
      switch (kind) {
        case 'tag':
          return outside.setTag(model, count % 3 === 0 ? version : null, 'outside', `outside ${count}`)
        case 'alias':
          return outside.setAlias(model, champion(), version)
        case 'make':
          return outside.createModel(model)
        case 'version':
          return outside.createVersion(model)
        case 'unmake':
          return outside.deleteModel(model)
        case 'drop':
          return outside.deleteVersion(model, version)
      }
    }
  }
}

/** Through gateways that may be killed at any moment. */
export async function writeThrough(
  doors: readonly Pick<Door, 'ask'>[],
  { steady, changing }: Names,
  random: Random,
  {
    stop,
    pauseMs,
    written,
    name,
  }: {
    readonly stop: AbortSignal
    readonly pauseMs: number
    readonly written: Written
    readonly name: string
  },
): Promise<void> {
  for (let count = 0; !stop.aborted; count++) {
    const of = random.pick([...steady, ...changing])
    const model = { key: { registry: 'main', name: of } }
    const version = random.pick(['1', '2'])
    const versionOf = { key: { registry: 'main', model: of, version } }
    const kind = random.pickBy({
      tag: 4,
      versionTag: 2,
      alias: 4,
      stage: 1,
      ...(changing.includes(of) && { make: 2, unmake: 0.7, drop: 0.7 }),
    })
    const alias = random.pick(aliases)
    const value = `${name} ${count}`
    const [document, input] = toRequest()
    const from = Date.now()
    const isAcknowledged = await isWritten(random.pick(doors), document, input)
    const times = { from, to: Date.now() }
    if (kind === 'alias') written.moves.push({ model: of, alias, version, ...times })
    if (kind === 'tag' || kind === 'versionTag')
      written.marks.push({ value, by: 'gateway', isAcknowledged, ...times })
    await wait(random.between(0, pauseMs))

    function toRequest(): [string, object] {
      const tags = [{ key: 'own', value }]
      switch (kind) {
        case 'tag':
          return [mutations.setModelTags, { model, tags }]
        case 'versionTag':
          return [mutations.setVersionTags, { version: versionOf, tags }]
        case 'alias':
          return [mutations.setAlias, { model, alias, version }]
        case 'stage':
          return [mutations.transitionStage, { version: versionOf, stage: random.pick(stages) }]
        case 'make':
          return [mutations.createVersion, { model, createModel: true, source: 's3://b/x' }]
        case 'unmake':
          return [mutations.deleteModel, { model }]
        case 'drop':
          return [mutations.deleteVersion, { version: versionOf }]
      }
    }
  }
}

async function isWritten(door: Pick<Door, 'ask'>, document: string, input: object): Promise<boolean> {
  try {
    const options = { signal: AbortSignal.timeout(15_000), headers: {} }
    const { errors } = (await door.ask(document, { input }, options)) as Answer
    return errors === undefined
  } catch {
    // It was killed before, or meanwhile: nobody knows.
    await wait(50)
    return false
  }
}
