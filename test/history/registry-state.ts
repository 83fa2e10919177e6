/** What a registry should hold: plain data, of which nothing is ever changed. */
export interface VersionState {
  /** By which it is known who asked for it. */
  readonly marker: string
  readonly stage: string
  readonly texts: Texts
}

export interface ModelState {
  /** The call that made it on the way, and may take it back as long as nobody else has touched it. */
  readonly takenBackBy: string | null
  readonly texts: Texts
  readonly versions: Readonly<Record<string, VersionState>>
  /** The version that each alias points to. */
  readonly aliases: Readonly<Record<string, string>>
}

/** Tags by their keys, and the description below the empty key. */
export type Texts = Readonly<Record<string, string>>
export type RegistryState = Readonly<Record<string, ModelState>>

/** Null: it cannot happen, or cannot answer so, in this state. */
export type Effect = (state: RegistryState) => RegistryState | null

const emptied: readonly string[] = ['Staging', 'Production']

export const createModel =
  (name: string, takenBackBy: string | null): Effect =>
  (state) =>
    state[name] ? null : { ...state, [name]: { takenBackBy, texts: {}, versions: {}, aliases: {} } }

/** Makes it on the way where it is not there. */
export const ensureModel =
  (name: string, takenBackBy: string | null): Effect =>
  (state) =>
    state[name] ? state : createModel(name, takenBackBy)(state)

/** Only what is still as the same call has made it. */
export const takeModelBack =
  (name: string, by: string): Effect =>
  (state) => {
    const model = state[name]
    const isUntouched =
      model?.takenBackBy === by && [model.texts, model.versions, model.aliases].every(isEmpty)
    return isUntouched ? without(state, name) : null
  }

export const deleteModel =
  (name: string): Effect =>
  (state) =>
    state[name] ? without(state, name) : null

export const renameModel =
  (name: string, newName: string): Effect =>
  (state) =>
    state[name] && !state[newName] ? { ...without(state, name), [newName]: state[name] } : null

export const createVersion = (name: string, version: string, marker: string): Effect =>
  onModel(name, (model) => {
    if (model.versions[version]) return null
    const made = { marker, stage: 'None', texts: {} }
    return { ...model, versions: { ...model.versions, [version]: made } }
  })

/** What is put before the id of a call, to stand for the number of a version that nobody was ever told of. */
export const unseen = 'unseen '

/** With the aliases that point to it. It may be the one of which only the number is not known. */
export const deleteVersion = (name: string, given: string): Effect =>
  onModel(name, (model) => {
    const isGiven = model.versions[given] !== undefined
    const version = isGiven ? given : Object.keys(model.versions).find((each) => each.startsWith(unseen))
    if (version === undefined) return null
    const aliases = withoutHolder(model.aliases, version)
    return { ...model, versions: without(model.versions, version), aliases }
  })

/** Nothing points to it any more. */
export const releaseAliases = (name: string, version: string): Effect =>
  onModel(name, (model) => ({ ...model, aliases: withoutHolder(model.aliases, version) }))

function withoutHolder(aliases: ModelState['aliases'], version: string): ModelState['aliases'] {
  return Object.fromEntries(Object.entries(aliases).filter(([, holder]) => holder !== version))
}

/** `undefined`: whatever it was, or nothing is known of it. */
export interface AliasMove {
  readonly alias: string
  readonly to: string | null
  readonly expected: string | null | undefined
  readonly previous: string | null | undefined
}

export const moveAlias = (name: string, { alias, to, expected, previous }: AliasMove): Effect =>
  onModel(name, (model) => {
    const holder = model.aliases[alias] ?? null
    if (expected !== undefined && holder !== expected) return null
    if (previous !== undefined && holder !== previous) return null
    if (to === null) return { ...model, aliases: without(model.aliases, alias) }
    return model.versions[to] ? { ...model, aliases: { ...model.aliases, [alias]: to } } : null
  })

export const aliasHighestInStage = (
  name: string,
  stage: string,
  alias: string,
  previous: string | null | undefined,
): Effect =>
  onModel(name, (model) => {
    const highest = inStage(model, stage).at(-1)
    if (highest === undefined) return null
    const move = moveAlias(name, { alias, to: highest, expected: undefined, previous })
    return move({ [name]: model })?.[name] ?? null
  })

export interface StageMove {
  readonly version: string
  readonly stage: string
  readonly isArchiving: boolean
  readonly expected: string | undefined
  /** Of those that went to Archived, the ones that are still there when it is answered. */
  readonly archived: readonly string[] | undefined
  /** Those that somebody wants to be gone. */
  readonly leaving: ReadonlySet<string>
}

export const moveToStage = (name: string, move: StageMove): Effect =>
  onModel(name, (model) => {
    const { version, stage, isArchiving, expected, archived, leaving } = move
    const current = model.versions[version]
    if (!current || (expected !== undefined && current.stage !== expected)) return null
    const others = isArchiving && emptied.includes(stage) ? inStage(model, stage) : []
    const moved = others.filter((other) => other !== version)
    const isShown = moved.every((each) => leaving.has(each) || (archived?.includes(each) ?? true))
    if (!isShown || archived?.some((each) => !moved.includes(each))) return null
    const versions = Object.entries(model.versions).map(([number, each]) => {
      if (number === version) return [number, { ...each, stage }]
      return [number, moved.includes(number) ? { ...each, stage: 'Archived' } : each]
    })
    return { ...model, versions: Object.fromEntries(versions) }
  })

/** `version` null: a text of the model. `text` null: it is taken away. */
export const setText = (name: string, version: string | null, key: string, text: string | null): Effect =>
  onModel(name, (model) => {
    const change = (texts: Texts) => (text === null ? without(texts, key) : { ...texts, [key]: text })
    if (version === null) return { ...model, texts: change(model.texts) }
    const found = model.versions[version]
    if (!found) return null
    const changed = { ...found, texts: change(found.texts) }
    return { ...model, versions: { ...model.versions, [version]: changed } }
  })

/** A look that fits. */
export const seen =
  (name: string, isSo: (model: ModelState | null) => boolean): Effect =>
  (state) =>
    isSo(state[name] ?? null) ? state : null

function onModel(name: string, change: (model: ModelState) => ModelState | null): Effect {
  return (state) => {
    const changed = state[name] && change(state[name])
    return changed ? { ...state, [name]: changed } : null
  }
}

function inStage({ versions }: ModelState, stage: string): string[] {
  return Object.keys(versions)
    .filter((version) => versions[version]?.stage === stage)
    .toSorted((a, b) => Number(a) - Number(b))
}

function without<Value>(record: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([each]) => each !== key))
}

function isEmpty(record: object): boolean {
  return Object.keys(record).length === 0
}
