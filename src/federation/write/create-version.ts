import { InputError } from '../errors/input-error.ts'
import type { CreateModelVersion } from '../records/command.ts'
import { parseModelUri } from '../records/model-uri.ts'
import { locateUri } from '../resolve/resolve-uri.ts'
import type { Session } from '../session/session.ts'
import { assertDescription, assertModelName, assertSource, assertTags, assertText } from './legal-texts.ts'
import { locateModel } from './locate-model.ts'
import type { MakingKind, VersionPlan } from './make-version.ts'
import { sortTags } from './sort-tags.ts'
import { notFound, toWritable, type WritableRegistry } from './writable.ts'

export const creatingVersion: MakingKind<CreateModelVersion, VersionPlan> = {
  locate(session, command) {
    const { registry, name } = locateModel(session, command.model)
    return { registry: registry.name, model: name }
  },
  wish(session, command) {
    const { registry, model } = creatingVersion.locate(session, command)
    const { createModel, source, runId, description, tags } = tidy(command)
    return { arguments: [registry, model, createModel, source, runId, description, tags] }
  },
  async plan(session, command) {
    const { createModel, source: given, runId, description, tags } = tidy(command)
    const { registry: name, model } = creatingVersion.locate(session, command)
    const registry = await toWritable(session.registry(name))
    assertDescription(registry, description ?? '')
    assertTags(registry, tags)
    if (createModel) assertModelName(registry, model, 'model')
    else if (!(await registry.session.model(model))) {
      throw notFound(registry.session, `The model ${JSON.stringify(model)}`)
    }
    const source = await resolveSource(session, registry, given)
    assertSource(registry, source)
    return { registry: name, model, createModel, source, runId: runOf(source, runId), description, tags }
  },
  create({ plan: { model, source, runId, description, tags }, destination, once }) {
    return destination.createVersion({
      model,
      source,
      runId,
      description,
      tags,
      idempotencyKey: once?.key ?? null,
    })
  },
}

/** The same wish in one form, however it is spelled. */
function tidy({ runId, description, tags, ...command }: CreateModelVersion): CreateModelVersion {
  return { ...command, runId: runId || null, description: description || null, tags: sortTags(tags) }
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
