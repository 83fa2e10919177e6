import type { LogicalModelTests } from '../../federation/list/list-logical-models.ts'
import type { LogicalModelFilter } from '../generated/resolver-types.ts'
import { textTests } from './to-filter.ts'

export function toLogicalModelTests(where: LogicalModelFilter | null | undefined): LogicalModelTests {
  const name = textTests(where?.name)
  return { name: name.length === 0 ? null : name, missingIn: where?.missingIn ?? [] }
}
