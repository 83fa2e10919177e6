import * as z from 'zod'
import {
  type Call,
  type Direction,
  type Filter,
  type ListQuery,
  type ModelLeaf,
  type ModelOrder,
  RegistryError,
  textMatcher,
  type VersionLeaf,
  type VersionOrder,
} from '../../../contract/index.ts'
import { conjuncts, type PushedFilter } from '../reads/filter.ts'
import type { KnownRegistry } from './known-registry.ts'

/** Where a list by name goes on. */
const continuationSchema = z.strictObject({
  /** After all rows of this name. */
  name: z.string(),
  /** Within the rows of this name, of which there are many, as their own list has it. */
  within: z.string().nullable(),
})

export type NameContinuation = z.output<typeof continuationSchema>

const mark = 'names:'

function isNameContinuation(text: string | null): boolean {
  return text?.startsWith(mark) ?? false
}

export function writeNameContinuation({ name, within }: NameContinuation): string {
  return mark + JSON.stringify({ name, within })
}

export function readNameContinuation(text: string | null): NameContinuation | null {
  if (text === null) return null
  try {
    return continuationSchema.parse(JSON.parse(text.slice(mark.length)))
  } catch (cause) {
    throw new RegistryError('BAD_USER_INPUT', 'The continuation is not one of this registry.', { cause })
  }
}

/**
 * Whether a list is by name before all else, of more than one model, on a server that sorts names otherwise. A caller with a
 * credential of their own may see other models than those that are known.
 */
export function isByNames(
  { order, continuation }: ListQuery<unknown, ModelOrder | VersionOrder>,
  { model }: Pick<PushedFilter, 'model'>,
  nameSafe: boolean,
  { caller }: Call,
): boolean {
  if (continuation !== null) return isNameContinuation(continuation)
  const field = order[0]?.field
  return (
    !nameSafe && model === null && (field === 'name' || field === 'model') && caller?.credential === undefined
  )
}

type Leaf = ModelLeaf | VersionLeaf

export interface SplitFilter<L extends Leaf> {
  /** What is asked of the name. */
  readonly admits: (name: string) => boolean
  readonly others: Filter<L> | null
}

/** What a filter asks of the name and what of all else: names are here, the rest the server has to look at. */
export function splitFilter<L extends Leaf>(filter: Filter<L> | null): SplitFilter<L> {
  const parts = conjuncts<L>(filter)
  const matchers = parts.filter(isOfName).map(({ tests }) => textMatcher(tests))
  const others = parts.filter((part) => !isOfName(part))
  return {
    admits: (name) => matchers.every((matches) => matches(name)),
    others: others.length === 0 ? null : { kind: 'and', filters: others },
  }
}

function isOfName<L extends Leaf>(part: Filter<L>): part is Filter<L> & Extract<Leaf, { kind: 'text' }> {
  return part.kind === 'text' && 'field' in part && (part.field === 'name' || part.field === 'model')
}

export interface NextNames {
  readonly names: readonly string[]
  readonly more: boolean
}

/** The first names of a page that are admitted. */
export function takeNames(
  { names }: KnownRegistry,
  query: ListQuery<unknown, { readonly direction: Direction }>,
  size: number,
  admits: (name: string) => boolean,
): NextNames {
  const direction = query.order[0]?.direction ?? 'asc'
  const taken: string[] = []
  for (const name of names.from(startOf(query), direction)) {
    if (!admits(name)) continue
    if (taken.length === size) return { names: taken, more: true }
    taken.push(name)
  }
  return { names: taken, more: false }
}

/** What a place says less than a model's own is before the rows of its name, or among them. */
function startOf({ continuation, after }: Pick<ListQuery<unknown, unknown>, 'continuation' | 'after'>) {
  const last = readNameContinuation(continuation)
  if (last !== null) return { name: last.name, included: last.within !== null }
  const name = after?.values[0]
  if (typeof name !== 'string') return null
  return { name, included: after?.name !== name || after.version !== null }
}
