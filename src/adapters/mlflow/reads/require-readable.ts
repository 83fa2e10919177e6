import {
  beforeFirstWrite,
  type Call,
  type ModelRecord,
  type ModelVersionRecord,
  type Outcome,
  RegistryError,
  type VersionKey,
} from '../../../contract/index.ts'
import type { MlflowRegistry } from '../registry.ts'
import {
  noSuchModel,
  noSuchVersion,
  requirePossibleModel,
  requirePossibleVersion,
} from '../writes/write-words.ts'
import { getModels } from './models.ts'
import { getVersions } from './version-keys.ts'

/**
 * MLflow keeps prompts among its models, and its writes do not tell them apart: what no read of the gateway shows is
 * not there for its writes either.
 */
export function requireModel(server: MlflowRegistry, name: string, call: Call): Promise<ModelRecord> {
  const look = async () => {
    requirePossibleModel(name)
    return theOne(await getModels(server, [name], call), noSuchModel(name))
  }
  return beforeFirstWrite(look())
}

/**
 * With its model, as either of them may be what makes a prompt.
 *
 * @param missingModel what to say when that is what is missing.
 */
export function requireVersion(
  server: MlflowRegistry,
  key: VersionKey,
  call: Call,
  missingModel = noSuchVersion(key),
): Promise<{ readonly model: ModelRecord; readonly version: ModelVersionRecord }> {
  const look = async () => {
    requirePossibleVersion(key)
    const [models, versions] = await Promise.all([
      getModels(server, [key.model], call),
      getVersions(server, [key], call),
    ])
    return { model: theOne(models, missingModel), version: theOne(versions, noSuchVersion(key)) }
  }
  return beforeFirstWrite(look())
}

function theOne<T>([outcome = null]: readonly Outcome<T>[], missing: string): T {
  if (RegistryError.is(outcome)) throw outcome
  if (outcome === null) throw new RegistryError('NOT_FOUND', missing)
  return outcome as T
}
