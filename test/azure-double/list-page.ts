import type { SystemDataRecord } from './asset-records.ts'
import type { AzureCall } from './azure-call.ts'
import { badArgument } from './azure-error.ts'

interface ListedRow {
  isArchived: boolean
  systemData: SystemDataRecord
}

interface ListOptions<Row extends ListedRow> {
  defaultOrder: 'asc' | 'desc'
  /** Parameters that are not paging. */
  keeps: (row: Row) => boolean
  toWire: (row: Row) => object
}

/** One page of a list: `$top` is its size, and `nextLink` is absent on the last one. */
export const toListPage = <Row extends ListedRow>(
  call: AzureCall,
  rows: readonly Row[],
  options: ListOptions<Row>,
): object => {
  const { searchParams: query } = call.url
  const order = orderOf(query.get('$orderBy')) ?? options.defaultOrder
  const sign = order === 'asc' ? 1 : -1
  const after = query.get('$skipToken') ?? query.get('$skip')
  const afterTicks = after === null || after === '' ? undefined : fromToken(after)
  const isShown = viewOf(query.get('listViewType'))
  const left = rows
    .filter((row) => isShown(row) && options.keeps(row))
    .sort((one, other) => sign * compareTicks(createdAt(one), createdAt(other)))
    .filter((row) => afterTicks === undefined || sign * compareTicks(createdAt(row), afterTicks) > 0)
  const size = pageSizeOf(query.get('$top') ?? query.get('count')) ?? call.switches.pageSize
  const page = left.slice(0, size)
  const last = page.at(-1)
  const nextLink = left.length > size && last !== undefined ? toNextLink(call, createdAt(last)) : undefined
  return { value: page.map(options.toWire), ...(nextLink === undefined ? {} : { nextLink }) }
}

const createdAt = (row: ListedRow): bigint => row.systemData.createdAt
const compareTicks = (left: bigint, right: bigint): number => Number(left > right) - Number(left < right)

const orderOf = (text: string | null): 'asc' | 'desc' | undefined => {
  if (text === null || text === '') return undefined
  const [, direction] = /^createdtime (asc|desc)$/i.exec(text) ?? []
  if (direction === undefined) throw badArgument(`Invalid $orderBy: ${text}`, 'InvalidOrderBy')
  return direction.toLowerCase() === 'asc' ? 'asc' : 'desc'
}

const viewOf = (view: string | null): ((row: ListedRow) => boolean) => {
  if (view === 'All') return () => true
  if (view === 'ArchivedOnly') return (row) => row.isArchived
  if (view === null || view === 'ActiveOnly') return (row) => !row.isArchived
  throw badArgument(`Invalid listViewType: ${view}`, 'InvalidListViewType')
}

const pageSizeOf = (text: string | null): number | undefined => {
  if (text === null) return undefined
  const size = Number(text)
  if (!Number.isInteger(size) || size < 1) throw badArgument(`Invalid page size: ${text}`, 'InvalidTop')
  return size
}

/** Opaque on purpose, and long enough to break whoever believes that addresses are short. */
const padding = '#RT:1#TRC:20#ISV:2#IEO:65551#QCF:8#FPC:'.padEnd(1_000, 'AQgAAwIA')
const toToken = (ticks: bigint): string => Buffer.from(`+RID:~${ticks}${padding}`).toString('base64')

const fromToken = (token: string): bigint => {
  const [, ticks] = /^\+RID:~(\d+)#/.exec(Buffer.from(token, 'base64').toString()) ?? []
  if (ticks === undefined) throw badArgument('The continuation token is invalid.', 'InvalidContinuationToken')
  return BigInt(ticks)
}

const toNextLink = ({ url, switches }: AzureCall, last: bigint): string => {
  const kept = [...url.searchParams].filter(([name]) => name !== '$skipToken' && name !== '$skip')
  const query = [...kept, ['$skipToken', toToken(last)] as const]
    .map(([name, value]) => `${name}=${encodeQuery(value)}`)
    .join('&')
  return `${switches.nextLinkOrigin ?? url.origin}${url.pathname}?${query}`
}

/** As the service writes it: `+` for a blank, and hexadecimal digits in lower case. */
const encodeQuery = (text: string): string =>
  encodeURIComponent(text)
    .replace(/%20/g, '+')
    .replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
