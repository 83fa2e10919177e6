import { pathToFileURL } from 'node:url'
import { type NewVersion, RegistryError } from '../../../contract/index.ts'
import type { LocalConfig } from '../config.ts'
import { ownFolder } from '../files/version-folder.ts'
import type { Write } from '../store/transaction.ts'

/** The gateway's, of a copy from another registry. */
const originTag = 'modelgate.copied_from'

/**
 * Refuses a place that nobody finds who reads it here: one in the store of an MLflow server that it does not name, and
 * paths of another machine. The path of a copy is of this one when it is a version's of a registry in this database.
 */
export async function requireMeaningful(
  write: Write,
  { artifactFolder }: LocalConfig,
  { source, tags = [] }: { readonly source?: string | null } & Partial<Pick<NewVersion, 'tags'>>,
): Promise<void> {
  const place = source ?? ''
  if (/^mlflow-artifacts:(?:\/(?!\/)|\/{3})/i.test(place))
    throw refused('is in the store of one MLflow server')
  if (/^file:\/\/(?!localhost\/)[^/]/i.test(place)) throw refused('is on another machine')
  if (!isPath(place) || !tags.some(({ key }) => key === originTag)) return
  const own = artifactFolder === null ? null : `${pathToFileURL(ownFolder(artifactFolder, write.name)).href}/`
  if (own !== null && place.startsWith(own)) return
  const known = await write.queries
    .selectFrom('local_version')
    .select('number')
    .where('artifact_uri', '=', place)
    .limit(1)
    .executeTakeFirst()
  if (known === undefined) throw refused('is a path on the machine of the registry that it is from')
}

/** With a scheme of one letter it is a drive. */
function isPath(place: string): boolean {
  return place !== '' && (/^file:/i.test(place) || !/^[a-z][a-z0-9+.-]+:/i.test(place))
}

function refused(why: string): RegistryError {
  return new RegistryError(
    'BAD_USER_INPUT',
    `The place of the files ${why} and means nothing here: copy the files too (artifacts: COPY), or keep them in a store that everybody reaches.`,
  )
}
