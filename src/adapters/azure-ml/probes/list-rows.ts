import type { Call } from '../../../contract/index.ts'
import { type Asset, toAsset } from '../reads/asset.ts'
import type { AzureClient } from '../wire/client.ts'
import { readList, readOptionalText } from '../wire/wire.ts'

/** A first page as Azure gives it, without what the adapter itself puts over lists. */
export async function listRows(
  client: AzureClient,
  collection: string,
  query: Readonly<Record<string, string>>,
  call: Call,
): Promise<{ readonly rows: readonly Asset[]; readonly hasMore: boolean }> {
  const page = await client.get(collection, call, query)
  return { rows: readList(page, 'value').map(toAsset), hasMore: readOptionalText(page, 'nextLink') !== null }
}

/** Of a model that is archived, and has versions. */
export async function describeHiding(client: AzureClient, collection: string, call: Call): Promise<string> {
  const count = async (listViewType: string) => {
    const { rows } = await listRows(client, collection, { listViewType }, call)
    return rows.length
  }
  const [all, active] = [await count('All'), await count('ActiveOnly')]
  const words = `${all} among all, ${active} among the active ones`
  if (all === 0) return `${words}: they are hidden with their model, and had by their names only`
  return active === 0
    ? `${words}: they are hidden with their model from those who do not ask for what is archived`
    : `${words}: they are not hidden with their model`
}
