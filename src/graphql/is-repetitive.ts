import { type DocumentNode, type FieldNode, Kind, type SelectionSetNode } from 'graphql'

/**
 * Whether a document repeats a field so often that comparing each with each, as GraphQL's validation does, would take
 * long: of the fields of one name in a selection, their number times what they all select.
 */
export function isRepetitive(document: DocumentNode, limit: number): boolean {
  return document.definitions.some(
    (definition) => 'selectionSet' in definition && repeats(definition.selectionSet, limit),
  )
}

function repeats(selectionSet: SelectionSetNode, limit: number): boolean {
  const byName = new Map<string, { fields: number; selected: number }>()
  const inner: SelectionSetNode[] = []
  for (const selection of flatten(selectionSet)) {
    const name = selection.alias?.value ?? selection.name.value
    const tally = byName.get(name) ?? { fields: 0, selected: 0 }
    tally.fields++
    tally.selected += 1 + sizeOf(selection.selectionSet)
    byName.set(name, tally)
    if (tally.fields * tally.selected > limit) return true
    if (selection.selectionSet) inner.push(selection.selectionSet)
  }
  return inner.some((each) => repeats(each, limit))
}

/** Inline fragments are a part of what holds them. */
function flatten(selectionSet: SelectionSetNode): FieldNode[] {
  return selectionSet.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection]
    return selection.kind === Kind.INLINE_FRAGMENT ? flatten(selection.selectionSet) : []
  })
}

function sizeOf(selectionSet: SelectionSetNode | undefined): number {
  let size = 0
  for (const selection of selectionSet?.selections ?? []) {
    size += 1 + (selection.kind === Kind.FRAGMENT_SPREAD ? 0 : sizeOf(selection.selectionSet))
  }
  return size
}
