import { suggestName } from './closest-name.ts'

const placeholders = ['name', 'environment']

/** What is wrong with the pattern of a `logicalModels` rule and what to write instead; `null` when nothing is. */
export function explainPattern(pattern: string): string | null {
  const written = [...pattern.matchAll(/\{([A-Za-z]*)\}/g)].map((match) => match[1] ?? '')
  const unknown = written.find((name) => !placeholders.includes(name))
  if (unknown !== undefined) {
    return `holds a placeholder that is not known; ${suggestName(unknown, placeholders)}`
  }
  if (!written.includes('name')) {
    return 'must hold {name}, which stands for the name of the logical model; write for example "{environment}.{name}"'
  }
  const doubled = written.find((name, index) => written.indexOf(name) !== index)
  if (doubled !== undefined) return `{${doubled}} may stand in it once only; remove the other`
  if (pattern.includes('}{')) {
    return 'cannot tell where one placeholder ends and the next begins; put something between them, such as "{environment}.{name}"'
  }
  return null
}

/** A pattern with one environment written out: names begin and end so, and have something in between. */
export interface PatternForm {
  readonly before: string
  readonly after: string
}

/** All that a pattern can match, one form for each environment that it may name. */
export function formsOf(pattern: string, environments: readonly string[]): PatternForm[] {
  const written = pattern.includes('{environment}')
    ? environments.map((environment) => pattern.replace('{environment}', () => environment))
    : [pattern]
  return written.map((text) => {
    const at = text.indexOf('{name}')
    return { before: text.slice(0, at), after: text.slice(at + '{name}'.length) }
  })
}
