import { isMap, isScalar, isSeq, type Node, type Pair } from 'yaml'

export type Path = readonly (string | number)[]

/** Where a node stands, from the nodes above it. */
export function pathOf(node: Node, ancestors: readonly unknown[]): Path {
  const path: (string | number)[] = []
  const chain = [...ancestors, node]
  for (const [index, ancestor] of chain.entries()) {
    if (isSeq(ancestor)) path.push(ancestor.items.indexOf(chain[index + 1]))
    const pair = isMap(ancestor) ? (chain[index + 1] as Pair | undefined) : undefined
    if (isScalar(pair?.key)) path.push(String(pair.key.value))
  }
  return path[path.length - 1] === -1 ? path.slice(0, -1) : path
}

/** `registries[1].url`. What does not look like a key is most likely a value that lost the space before it. */
export function toKey(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`
      const shown = /^[\w./-]+$/.test(part) ? part : '…'
      return index === 0 ? shown : `.${shown}`
    })
    .join('')
}
