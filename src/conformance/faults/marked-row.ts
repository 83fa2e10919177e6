/** The names that lead from a row to a field of it. */
export type FieldPath = readonly string[]

type JsonObject = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** Fields of fields are its fields; what stands in arrays below is not, and an array is one field. */
export function fieldsOf(row: unknown): FieldPath[] {
  if (!isObject(row)) return [[]]
  return Object.entries(row).flatMap(([name, value]) => fieldsOf(value).map((path) => [name, ...path]))
}

/**
 * The answer with another row in place of the one that is marked by a text of its own. A row is an item of an array,
 * however deep, or the whole answer where there is but one.
 */
export function replaceMarkedRow(
  answer: unknown,
  mark: string,
  replace: (row: JsonObject) => unknown,
): unknown {
  const isMarked = (value: unknown): value is JsonObject =>
    isObject(value) && fieldsOf(value).some((path) => fieldAt(value, path) === mark)
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((item) => (isMarked(item) ? replace(item) : walk(item)))
    if (!isObject(value)) return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner)]))
  }
  return isMarked(answer) ? replace(answer) : walk(answer)
}

export function withField(row: unknown, [name, ...rest]: FieldPath, junk: unknown): unknown {
  if (name === undefined) return junk
  const fields = isObject(row) ? row : {}
  return { ...fields, [name]: withField(fields[name], rest, junk) }
}

function fieldAt(row: unknown, path: FieldPath): unknown {
  return path.reduce((value: unknown, name) => (isObject(value) ? value[name] : undefined), row)
}
