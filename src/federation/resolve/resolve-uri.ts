import { isSameFolded, readExactly } from '../../contract/index.ts'
import { InputError } from '../errors/input-error.ts'
import { parseModelUri } from '../records/model-uri.ts'
import type { FederatedVersion } from '../records/records.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import type { Session } from '../session/session.ts'
import { latestVersion } from './latest-version.ts'

export interface LocatedUri {
  readonly registry: RegistrySession
  readonly find: () => Promise<FederatedVersion | null>
}

/**
 * Reads a URI as far as that needs no I/O, so that what is malformed is refused before anything is asked.
 *
 * @throws InputError naming `field`; `find` throws it for a selector that the registry does not know.
 */
export function locateUri(
  session: Session,
  uri: string,
  registryName: string | null,
  field = 'uri',
): LocatedUri {
  const parsed = parseModelUri(uri)
  if (!parsed) {
    throw new InputError(
      field,
      `"${uri}" is not a model URI. Write models:/name/3, models:/name@alias, models:/name/Stage or models:/name/latest, ` +
        'and models://registry/… to name the registry.',
    )
  }
  if (registryName !== null && parsed.registry !== null && registryName !== parsed.registry) {
    throw new InputError(
      field,
      `The URI names the registry "${parsed.registry}", the argument "${registryName}".`,
    )
  }
  const name = parsed.registry ?? registryName
  if (name === null) {
    throw new InputError(
      field,
      `"${uri}" names no registry. Give \`registry\`, or write models://registry/name/3.`,
    )
  }
  const registry = session.registry(name, parsed.registry === null ? 'registry' : field)
  const { selector } = parsed
  return {
    registry,
    find: () =>
      selector.kind === 'alias'
        ? findByAlias(registry, parsed.name, selector.alias)
        : findBySegment(registry, parsed.name, selector.segment, field),
  }
}

function findByAlias(
  registry: RegistrySession,
  model: string,
  alias: string,
): Promise<FederatedVersion | null> {
  return alias.toLowerCase() === 'latest'
    ? latestVersion(registry, model)
    : registry.holderOfAlias({ model, alias })
}

/** Whether the last part of a URI selects a version by something else than its name. */
export function isSelector(segment: string, stages: readonly string[]): boolean {
  return segment.toLowerCase() === 'latest' || stages.some((stage) => isSameFolded(stage, segment))
}

/**
 * Digits are a version, and so is `version:NAME`; then comes `latest`, then a stage, then, where versions need not be
 * integers, a version.
 */
async function findBySegment(
  registry: RegistrySession,
  model: string,
  segment: string,
  field: string,
): Promise<FederatedVersion | null> {
  const exact = /^[0-9]+$/.test(segment) ? segment : readExactly(segment)
  if (exact !== null) return registry.version({ model, version: exact })
  if (segment.toLowerCase() === 'latest') return latestVersion(registry, model)
  const { stages, integerVersions } = await registry.description()
  if (isSelector(segment, stages)) return latestVersion(registry, model, segment)
  if (!integerVersions) return registry.version({ model, version: segment })
  const known = ['a version number', 'latest', ...stages].join(', ')
  throw new InputError(
    field,
    `"${segment}" selects no version in "${registry.name}". After the last "/" goes one of: ${known}.`,
  )
}
