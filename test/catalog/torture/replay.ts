import type { EventLogRow } from '../../../src/state/catalog/tables.ts'
import type { Content, ModelContent, VersionContent } from './registry-content.ts'

type Event = Pick<
  EventLogRow,
  'seq' | 'kind' | 'at' | 'not_before' | 'certainty' | 'model' | 'version' | 'key' | 'before' | 'after'
>

interface Kept<Whole> {
  readonly places: Map<string, string | null>
  readonly versions: Whole extends ModelContent ? Map<string, Kept<VersionContent>> : null
  /** Made since the first state: what it was made with is not told, but for its aliases. */
  readonly isNew: boolean
}

type Model = Kept<ModelContent>

/** The log, applied to what there was before its first event. */
export class Replay {
  readonly wrong: string[] = []
  readonly #models = new Map<string, Model>()

  constructor(first: Content) {
    for (const [name, { description, tags, aliases, versions }] of Object.entries(first)) {
      const places = placesOf({ description, tags })
      for (const [alias, version] of Object.entries(aliases)) places.set(`alias ${alias}`, version)
      const kept = Object.entries(versions).map(
        ([version, { stage, ...rest }]) =>
          [version, { places: placesOf(rest).set('stage', stage), versions: null, isNew: false }] as const,
      )
      this.#models.set(name, { places, versions: new Map(kept), isNew: false })
    }
  }

  apply(events: readonly Event[]): void {
    for (const event of events) this.#apply(event)
  }

  #apply(event: Event) {
    const { kind, certainty, at, not_before: notBefore, model: name, version, key, before, after } = event
    if (certainty === 'OBSERVED' && notBefore !== null && notBefore > at)
      this.#fail(event, 'an upside down window')
    if (name === null) return
    const model = this.#models.get(name)
    switch (kind) {
      case 'MODEL_CREATED':
        if (model) this.#fail(event, 'it was there')
        this.#models.set(name, { places: new Map(), versions: new Map(), isNew: true })
        return
      case 'MODEL_DELETED':
        if (!this.#models.delete(name)) this.#fail(event, 'it was not there')
        return
      case 'MODEL_RENAMED':
        return this.#rename(event, name, before)
    }
    if (!model) return this.#fail(event, 'its model is not there')
    switch (kind) {
      case 'VERSION_CREATED':
      case 'VERSION_COPIED':
        if (model.versions.has(version ?? '')) this.#fail(event, 'it was there')
        model.versions.set(version ?? '', { places: new Map(), versions: null, isNew: true })
        return
      case 'VERSION_DELETED':
        if (!model.versions.delete(version ?? '')) this.#fail(event, 'it was not there')
        return
      case 'ALIAS_SET':
      case 'ALIAS_DELETED':
        return this.#set(event, { ...model, isNew: false }, `alias ${key}`)
      default: {
        const holder = version === null ? model : model.versions.get(version)
        if (!holder) return this.#fail(event, 'its version is not there')
        const place = kind.startsWith('TAG_')
          ? `tag ${key}`
          : kind === 'STAGE_CHANGED'
            ? 'stage'
            : 'description'
        if (kind !== 'VERSION_STATUS_CHANGED') this.#set(event, holder, place)
        if (before === after) this.#fail(event, 'nothing changed')
      }
    }
  }

  #set(event: Event, { places, isNew }: Pick<Model, 'places' | 'isNew'>, place: string) {
    const was = places.get(place)
    const isKnown = was !== undefined || !isNew
    if (isKnown && (was ?? null) !== event.before) this.#fail(event, `before it was ${was ?? null}`)
    if (event.before === event.after) this.#fail(event, 'nothing changed')
    places.set(place, event.after)
  }

  #rename(event: Event, name: string, before: string | null) {
    const model = this.#models.get(before ?? '')
    if (!model) return this.#fail(event, 'its model is not there')
    if (this.#models.has(name)) this.#fail(event, 'another one has the name')
    this.#models.delete(before ?? '')
    this.#models.set(name, model)
  }

  #fail(event: Event, why: string) {
    this.wrong.push(`${why}: ${JSON.stringify(event)}`)
  }

  /** Everything that the log tells of is so. */
  expectIs(truth: Content): void {
    const names = (of: Iterable<string>) => [...of].sort().join(', ')
    const there = names(Object.keys(truth))
    const told = names(this.#models.keys())
    if (there !== told) this.wrong.push(`models are ${there}, by the log ${told}`)
    for (const [name, model] of Object.entries(truth)) this.#compareModel(name, model)
  }

  #compareModel(name: string, { description, tags, aliases, versions }: ModelContent): void {
    const model = this.#models.get(name)
    if (!model) return
    const isAlias = ([place]: readonly [string, unknown]) => place.startsWith('alias ')
    const own = new Map([...model.places].filter((entry) => !isAlias(entry)))
    this.#compare(name, placesOf({ description, tags }), { ...model, places: own })
    const held = new Map(Object.entries(aliases).map(([alias, version]) => [`alias ${alias}`, version]))
    this.#compare(name, held, { places: new Map([...model.places].filter(isAlias)), isNew: false })
    const numbers = (of: Iterable<string>) => [...of].sort().join(', ')
    if (numbers(Object.keys(versions)) !== numbers(model.versions.keys()))
      this.wrong.push(
        `versions of ${name} are ${Object.keys(versions)}, by the log ${[...model.versions.keys()]}`,
      )
    for (const [version, { stage, ...rest }] of Object.entries(versions)) {
      const kept = model.versions.get(version)
      if (kept) this.#compare(`${name} ${version}`, placesOf(rest).set('stage', stage), kept)
    }
  }

  #compare(
    what: string,
    truth: ReadonlyMap<string, string | null>,
    { places, isNew }: Pick<Model, 'places' | 'isNew'>,
  ): void {
    for (const place of new Set([...truth.keys(), ...places.keys()])) {
      const told = places.get(place)
      if (told === undefined && isNew) continue
      if ((told ?? null) !== (truth.get(place) ?? null))
        this.wrong.push(`${place} of ${what} is ${truth.get(place) ?? null}, by the log ${told ?? null}`)
    }
  }
}

function placesOf({
  description,
  tags,
}: {
  readonly description: string | null
  readonly tags: Readonly<Record<string, string>>
}) {
  const places = new Map<string, string | null>(
    Object.entries(tags).map(([key, value]) => [`tag ${key}`, value]),
  )
  return places.set('description', description)
}
