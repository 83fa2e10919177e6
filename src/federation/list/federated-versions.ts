import type { VersionFilter, VersionOrder } from '../../contract/index.ts'
import type { VersionList } from '../connection.ts'
import type { Session } from '../session.ts'
import { listFederated } from './federated-list.ts'
import { type ListArguments, sorted } from './federated-models.ts'
import { versionRows } from './version-rows.ts'

const byModelAndVersion: readonly VersionOrder[] = [
  { field: 'model', direction: 'asc' },
  { field: 'version', direction: 'asc' },
]

export function listVersions(
  session: Session,
  request: ListArguments<VersionFilter, VersionOrder>,
): Promise<VersionList> {
  const order = request.order?.length ? request.order : byModelAndVersion
  const { registries, environments, filter, includeArchived, first, after } = request
  return listFederated(session, versionRows, {
    registries: session.selectRegistries(registries, environments),
    environments,
    filter,
    order,
    includeArchived,
    first,
    after,
    binding: ['versions', sorted(registries), sorted(environments), filter, order, includeArchived],
  })
}
