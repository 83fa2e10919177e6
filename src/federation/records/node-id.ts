/** What an opaque id stands for. The same after a restart and on every replica, as it is made of names alone. */
export type NodeReference =
  | { readonly type: 'Registry'; readonly registry: string }
  | { readonly type: 'Model'; readonly registry: string; readonly name: string }
  | {
      readonly type: 'ModelVersion'
      readonly registry: string
      readonly model: string
      readonly version: string
    }
  | { readonly type: 'Run'; readonly registry: string; readonly runId: string }
  | { readonly type: 'LogicalModel'; readonly name: string }
  /** Its number in the log, for nobody to read: it would say how much has happened before it. */
  | { readonly type: 'Event'; readonly sealed: string }

export function toNodeId(reference: NodeReference): string {
  const { type, ...names } = reference
  return Buffer.from(JSON.stringify([type, ...Object.values(names)])).toString('base64url')
}

/** Null when it is not an id of this gateway's making. */
export function fromNodeId(id: string): NodeReference | null {
  const parts = parse(id)
  if (!parts) return null
  const [type = '', ...names] = parts
  const reference = toReference(type, names)
  return reference && toNodeId(reference) === id ? reference : null
}

function toReference(type: string, [first = '', second = '', third = '']: string[]): NodeReference | null {
  switch (type) {
    case 'Registry':
      return { type, registry: first }
    case 'Model':
      return { type, registry: first, name: second }
    case 'ModelVersion':
      return { type, registry: first, model: second, version: third }
    case 'Run':
      return { type, registry: first, runId: second }
    case 'LogicalModel':
      return { type, name: first }
    case 'Event':
      return { type, sealed: first }
    default:
      return null
  }
}

function parse(id: string): string[] | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(id, 'base64url').toString())
    return Array.isArray(value) && value.every((part) => typeof part === 'string') ? value : null
  } catch {
    // Not JSON: not one of ours.
    return null
  }
}
