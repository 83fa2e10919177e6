import type { TagRecord } from '../../contract/index.ts'
import { InputError } from '../errors/input-error.ts'
import { parseModelUri } from '../records/model-uri.ts'
import { locateUri } from '../resolve/resolve-uri.ts'
import type { Session } from '../session/session.ts'
import { assertDescription, assertModelName, assertSource, assertTags, assertText } from './legal-texts.ts'
import { type MadeVersion, makeVersion, type VersionPlan } from './make-version.ts'
import { locateModel, type ModelReference } from './model-reference.ts'
import { sortTags } from './sort-tags.ts'
import { notFound, toWritable, type WritableRegistry } from './writable.ts'

export interface VersionToCreate {
  readonly model: ModelReference
  readonly createModel: boolean
  readonly source: string
  readonly runId: string | null
  readonly description: string | null
  readonly tags: readonly TagRecord[]
  readonly idempotencyKey: string | null
}

export async function createVersion(session: Session, input: VersionToCreate): Promise<MadeVersion> {
  const { idempotencyKey, createModel, source: given } = input
  const { registry, name: model } = locateModel(session, input.model)
  const wish = {
    ...input,
    runId: input.runId || null,
    description: input.description || null,
    tags: sortTags(input.tags),
  }
  return makeVersion(session, {
    operation: 'createModelVersion',
    idempotencyKey,
    arguments: [registry.name, model, createModel, given, wish.runId, wish.description, wish.tags],
    plan: () => plan(session, wish, { registry: registry.name, model }),
    create: ({ plan: { source, runId, description, tags }, destination, once }) => {
      const version = { model, source, runId, description, tags, idempotencyKey: once?.key ?? null }
      return destination.createVersion(version)
    },
  })
}

async function plan(
  session: Session,
  { createModel, source: given, runId, description, tags }: VersionToCreate,
  { registry: name, model }: { readonly registry: string; readonly model: string },
): Promise<VersionPlan> {
  const registry = await toWritable(session.registry(name))
  assertDescription(registry, description ?? '')
  assertTags(registry, tags)
  if (createModel) assertModelName(registry, model, 'model')
  else if (!(await registry.session.model(model))) {
    throw notFound(registry.session, `The model ${JSON.stringify(model)}`)
  }
  const source = await resolveSource(session, registry, given)
  assertSource(registry, source)
  const run = runOf(source, runId)
  return { registry: name, model, createModel, source, runId: run, description, tags }
}

/** An alias, a stage or `latest` is looked up now: a version's source never changes. */
async function resolveSource(
  session: Session,
  { session: { name: registry }, writes }: WritableRegistry,
  source: string,
): Promise<string> {
  assertText(source, 'The source', 'source')
  if (source.trim() === '')
    throw new InputError('source', 'The source is empty: say what the version is made from.')
  if (!source.startsWith('models:')) return source
  const parsed = parseModelUri(source)
  if (!parsed && writes.versions.takesSource?.(source)) return source
  const named = parsed?.registry ?? registry
  const located = locateUri(session, source, named, 'source')
  if (located.registry.name !== registry) {
    throw new InputError(
      'source',
      `The source is in the registry "${located.registry.name}", not in "${registry}": use copyModelVersion.`,
    )
  }
  const found = await located.find()
  if (!found) throw notFound(located.registry, `The source ${JSON.stringify(source)}`)
  return `models:/${found.modelName}/${found.version}`
}

function runOf(source: string, runId: string | null): string | null {
  if (!source.startsWith('runs:')) return runId
  const named = /^runs:\/([^/]+)(?:\/.*)?$/s.exec(source)?.[1]
  if (named === undefined) {
    throw new InputError('source', `${JSON.stringify(source)} names no run: write runs:/RUN/PATH.`)
  }
  if (runId !== null && runId !== named) {
    throw new InputError(
      'runId',
      `The source is of the run ${named}, and runId says ${JSON.stringify(runId)}.`,
    )
  }
  return named
}
