import { RegistryError } from '../../contract/index.ts'
import { InputError } from '../errors/input-error.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import { writingNothing } from '../errors/writing-nothing.ts'
import type { FederatedVersion } from '../records/records.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import type { CopyWork } from './copy-work.ts'
import { whyOnlyThere } from './only-there.ts'

/** The run stays behind: its id is of the other registry. */
export async function copyReference({ session, source, destination, plan, once }: CopyWork): Promise<string> {
  const location = await writingNothing(requireLocation(session.registry(source.registry), source))
  const { model, description, tags } = plan
  const version = {
    model,
    source: location,
    runId: null,
    description,
    tags,
    idempotencyKey: once?.key ?? null,
  }
  return destination.createVersion(version)
}

/**
 * @throws RegistryFailure UNSUPPORTED when the registry does not say where the files are.
 * @throws InputError when that means something in this registry only.
 */
export async function requireLocation(registry: RegistrySession, version: FederatedVersion): Promise<string> {
  const location = await registry.artifactLocation(version)
  if (location === null) {
    const message = `The registry "${registry.name}" does not say where the files of this version are, so there is nothing to refer to.`
    throw new RegistryFailure(registry.name, new RegistryError('UNSUPPORTED', message))
  }
  const why = whyOnlyThere(location)
  if (why === null) return location
  throw new InputError(
    'artifacts',
    `The place of the files in "${registry.name}" ${why} and means nothing elsewhere: copy the files too (artifacts: COPY), or keep them in a store that everybody reaches.`,
  )
}
