import type { ModelQuery, VersionQuery } from '../../contract/index.ts'
import type { CheckContext } from '../check.ts'
import {
  modelQuery,
  ownModels,
  ownVersions,
  readModels,
  readVersions,
  versionName,
  versionQuery,
} from './read-pages.ts'

/** The names of all models of the fixture that a list gives. */
export async function listedModels(
  { adapter, truth, call }: CheckContext,
  more: Partial<ModelQuery>,
): Promise<string[]> {
  const { rows } = await readModels(adapter, modelQuery(truth.prefix, more), call())
  return ownModels(truth.prefix, rows).map(({ name }) => name)
}

export async function listedVersions(
  { adapter, truth, call }: CheckContext,
  more: Partial<VersionQuery>,
): Promise<string[]> {
  const { rows } = await readVersions(adapter, versionQuery(truth.prefix, more), call())
  return ownVersions(truth.prefix, rows).map(versionName)
}
