import { type Answer, markerTag, type Outcome, type SeenModel, type SeenVersion } from './call.ts'

interface TextsWire {
  readonly description: string | null
  readonly tags: readonly { readonly key: string; readonly value: string }[]
}

interface VersionWire extends TextsWire {
  readonly version: string
  readonly stage: string | null
  readonly artifactUri: string | null
}

interface ModelWire extends TextsWire {
  readonly aliases: readonly { readonly name: string; readonly versionNumber: string }[]
  readonly versions: { readonly complete: boolean; readonly nodes: readonly VersionWire[] }
}

/** Of whatever was asked: one field, and of it what that kind of field has. */
interface PayloadWire {
  readonly modelVersion?: { readonly version: string } | null
  readonly previousVersion?: string | null
  readonly archived?: readonly { readonly version: string }[]
}

interface ErrorWire {
  readonly message: string
  readonly extensions?: { readonly code?: string; readonly current?: string | null }
}

export interface Body {
  readonly data?: Readonly<Record<string, unknown>> | null
  readonly errors?: readonly ErrorWire[]
}

export function toReadOutcome({ data, errors }: Body): Outcome {
  if (errors || !data) return { kind: 'unknown', why: errors?.[0]?.message ?? 'no data' }
  const model = data.model as ModelWire | null
  if (model && !model.versions.complete) return { kind: 'unknown', why: 'not complete' }
  return { kind: 'done', answer: { model: model && toSeenModel(model) } }
}

export function toWriteOutcome({ data, errors }: Body): Outcome {
  const payload = Object.values(data ?? {})[0] as PayloadWire | null | undefined
  if (payload) return { kind: 'done', answer: toAnswer(payload) }
  const [error] = errors ?? []
  if (!error) return { kind: 'unknown', why: 'neither data nor errors' }
  const { message, extensions: { code = 'no code', current } = {} } = error
  if (message.includes('The move was made')) return { kind: 'done', answer: {} }
  // The message says when it is not known whether something was written; otherwise nothing was.
  if (code === 'INTERNAL_SERVER_ERROR' || message.includes('not known'))
    return { kind: 'unknown', why: `${code}: ${message}` }
  return { kind: 'refused', code, message, ...(current !== undefined && { current }) }
}

function toAnswer({ modelVersion, previousVersion, archived }: PayloadWire): Answer {
  return {
    ...(modelVersion && { version: modelVersion.version }),
    ...(previousVersion !== undefined && { previous: previousVersion }),
    ...(archived && { archived: archived.map(({ version }) => version) }),
  }
}

function toSeenModel(model: ModelWire): SeenModel {
  const aliases = model.aliases.map(({ name, versionNumber }) => [name, versionNumber])
  const versions = model.versions.nodes.map((version) => [version.version, toSeenVersion(version)])
  return {
    texts: toTexts(model),
    aliases: Object.fromEntries(aliases),
    versions: Object.fromEntries(versions),
  }
}

function toSeenVersion(version: VersionWire): SeenVersion {
  const { [markerTag]: marker = '', ...texts } = toTexts(version)
  const { stage, artifactUri } = version
  return { marker, stage, texts, artifactUri }
}

function toTexts({ description, tags }: TextsWire): Record<string, string> {
  const texts = Object.fromEntries(tags.map(({ key, value }) => [key, value]))
  return description === null ? texts : { ...texts, '': description }
}
