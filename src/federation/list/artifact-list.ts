import { compareCodePoints } from '../../contract/index.ts'
import { InputError } from '../errors/input-error.ts'
import type { FederatedVersion } from '../records/records.ts'
import { digestOf } from '../session/cursor.ts'
import type { Session } from '../session/session.ts'
import type { ArtifactList } from './connection.ts'

interface ArtifactArguments {
  readonly path: string
  readonly first: number
  readonly after: string | null
}

/** One folder of a version's files, a page of it. Null when there is no such folder. */
export async function artifactList(
  session: Session,
  version: FederatedVersion,
  { path, first, after }: ArtifactArguments,
): Promise<ArtifactList | null> {
  const { cursors } = session.federation
  const { registry, modelName: model, version: number } = version
  const digest = digestOf(['artifacts', registry, model, number, path])
  const position = after === null ? null : cursors.decode(digest, after)
  if (path.split('/').some((part) => part === '.' || part === '..')) {
    throw new InputError('path', 'Write the path as `artifacts` gives it, without `.` and `..`.')
  }
  const folder = await session.reader(version).artifacts({ model, version: number }, path)
  if (!folder) return null
  const rest = position
    ? folder.filter((artifact) => compareCodePoints(artifact.path, position.name) > 0)
    : folder
  const nodes = rest.slice(0, first)
  return {
    nodes,
    hasNextPage: rest.length > first,
    hasPreviousPage: position !== null,
    cursors: {
      whenEmpty: null,
      cursorAt: (index) =>
        cursors.encode(digest, {
          values: [],
          registry,
          name: nodes[index]?.path ?? '',
          version: null,
          hints: {},
          incomplete: false,
        }),
    },
  }
}
