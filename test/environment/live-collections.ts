import { Session } from 'node:inspector/promises'

type Collection = Map<unknown, unknown> | Set<unknown>

export interface GrownCollection {
  readonly grownBy: number
  /** A key that came last, for people. */
  readonly lastKey: string
}

const known = '__modelgateSizesOfCollections'

/**
 * Every Map and Set of this process that is still reachable, whoever holds it and however private: V8 itself lists
 * them. Answers those that have grown by more than `most` since the last time.
 */
export async function grownCollections(most: number): Promise<GrownCollection[]> {
  const inspector = new Session()
  inspector.connect()
  const globals = globalThis as { [known]?: WeakMap<Collection, number> }
  globals[known] ??= new WeakMap()
  try {
    const grown: GrownCollection[] = []
    for (const kind of ['Map', 'Set']) {
      const { result: prototype } = await inspector.post('Runtime.evaluate', {
        expression: `${kind}.prototype`,
      })
      const { objects } = await inspector.post('Runtime.queryObjects', {
        prototypeObjectId: prototype.objectId ?? '',
      })
      const { result, exceptionDetails } = await inspector.post('Runtime.callFunctionOn', {
        objectId: objects.objectId ?? '',
        functionDeclaration: `function (most) { return (${findGrown})(this, most, globalThis.${known}) }`,
        arguments: [{ value: most }],
        returnByValue: true,
      })
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description)
      grown.push(...(result.value as GrownCollection[]))
      await inspector.post('Runtime.releaseObject', { objectId: objects.objectId ?? '' })
    }
    return grown
  } finally {
    inspector.disconnect()
  }
}

/** Is sent as text: it sees nothing but its arguments. */
function findGrown(
  collections: readonly Collection[],
  most: number,
  sizes: WeakMap<Collection, number>,
): GrownCollection[] {
  const grown: GrownCollection[] = []
  for (const collection of collections) {
    let size = 0
    try {
      size = collection.size
    } catch {
      // The prototype of a class that extends Map; it has no entries.
      continue
    }
    const grownBy = size - (sizes.get(collection) ?? 0)
    sizes.set(collection, size)
    if (grownBy > most) {
      const lastKey = String([...collection.keys()].at(-1)).slice(0, 200)
      grown.push({ grownBy, lastKey })
    }
  }
  return grown
}

/** In use after a full collection, in bytes. */
export async function liveHeap(): Promise<number> {
  const inspector = new Session()
  inspector.connect()
  await inspector.post('HeapProfiler.collectGarbage')
  inspector.disconnect()
  return process.memoryUsage().heapUsed
}
