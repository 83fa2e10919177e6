import { randomUUID } from 'node:crypto'
import { type Call, type Probe, RegistryError } from '../../../contract/index.ts'
import type { Asset } from '../reads/asset.ts'
import { orNull } from '../reads/assets.ts'
import type { AzureRegistry } from '../registry.ts'
import { placePath, versionsPath } from '../wire/place.ts'
import { readOptionalText } from '../wire/wire.ts'
import { describeHiding, listRows } from './list-rows.ts'

export function readProbes(registry: AzureRegistry): readonly Probe[] {
  const { kind } = registry.place
  const probe = (title: string, run: (registry: AzureRegistry, call: Call) => Promise<string>): Probe => ({
    title,
    writes: false,
    run: (call) => run(registry, call),
  })
  return [
    probe(`look at the ${kind === 'workspaces' ? 'workspace' : 'registry'} itself`, lookAtPlace),
    probe('list the versions of a model that is not there', listMissing),
    probe('ask for 100 versions on a page', askForFullPage),
    probe('list the versions of an archived model', listArchived),
    ...(kind === 'workspaces' ? [probe('ask for one model on a page', askForOneModel)] : []),
  ]
}

async function lookAtPlace({ client, place }: AzureRegistry, call: Call): Promise<string> {
  try {
    const wire = await client.get(placePath(place), call)
    return `it is in ${readOptionalText(wire, 'location') ?? 'an unknown location'}`
  } catch (error) {
    if (RegistryError.is(error) && error.code === 'FORBIDDEN')
      return 'not permitted, and not needed by the adapter'
    throw error
  }
}

async function listMissing({ client, place }: AzureRegistry, call: Call): Promise<string> {
  const collection = versionsPath(place, `modelgate-probe-${randomUUID()}`)
  const page = await orNull(listRows(client, collection, { listViewType: 'All', $top: '100' }, call))
  if (page === null) return '404: the adapter takes that and an empty list'
  if (page.rows.length === 0) return 'an empty list: the adapter takes that and 404'
  throw new RegistryError(
    'REGISTRY_ERROR',
    'A model that is not there has versions: check that endpoint leads to Azure.',
  )
}

const asked = 100

async function askForFullPage(registry: AzureRegistry, call: Call): Promise<string> {
  const { client, place } = registry
  const models = await listModels(registry, 'All', call)
  const largest = models.toSorted((a, b) => highestOf(b) - highestOf(a))[0]
  if (largest === undefined) return 'not tried: there is no model'
  const query = { listViewType: 'All', $top: String(asked) }
  const { rows, hasMore } = await listRows(client, versionsPath(place, largest.name), query, call)
  const came = `of ${JSON.stringify(largest.name)} came ${rows.length}`
  if (!hasMore) return `${came}, and that is all: too few to tell`
  return rows.length === asked
    ? `${came}, and a link to more: it is granted`
    : `${came}, and a link to more: it is not granted; the adapter follows the link`
}

async function listArchived(registry: AzureRegistry, call: Call): Promise<string> {
  const { client, place } = registry
  const models = await listModels(registry, 'ArchivedOnly', call)
  const model = models.find(({ properties }) => readOptionalText(properties, 'latestVersion') !== null)
  if (model === undefined) return 'not tried: there is no archived model with versions'
  return describeHiding(client, versionsPath(place, model.name), call)
}

async function askForOneModel({ client, place }: AzureRegistry, call: Call): Promise<string> {
  const query = { listViewType: 'All', count: '1' }
  const { rows, hasMore } = await listRows(client, `${placePath(place)}/models`, query, call)
  if (rows.length > 1) return `${rows.length} came: count is not heeded; the adapter does not ask for it`
  if (hasMore) return 'one came, and a link to more: count is the size of a page'
  return `${rows.length === 0 ? 'none' : 'one'} came, and no link: too few to tell whether count is the size of a page`
}

/** The first page is enough to find an example. */
async function listModels(
  { client, place }: AzureRegistry,
  listViewType: string,
  call: Call,
): Promise<readonly Asset[]> {
  const { rows } = await listRows(client, `${placePath(place)}/models`, { listViewType }, call)
  return rows
}

function highestOf({ properties }: Asset): number {
  return Number(readOptionalText(properties, 'latestVersion')) || 0
}
