const lasting = new WeakSet<object>()

/**
 * Says of a value that neither it nor anything that it holds changes any more, so that what is made of it can be kept
 * beside it, and sees to it as far as the language does.
 */
export function makeLasting<T extends object>(value: T): T {
  freeze(value)
  lasting.add(value)
  return value
}

export function isLasting(value: object): boolean {
  return lasting.has(value)
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
  // Nobody sets a date, and freezing one would not keep anybody from it.
  if (value instanceof Date) return
  Object.freeze(value)
  for (const inner of Object.values(value)) freeze(inner)
}
