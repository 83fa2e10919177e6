import type { YAMLError } from 'yaml'

const hints: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'indent with spaces, not with tabs',
  BAD_INDENT: 'line the keys of one mapping up under each other',
  MISSING_CHAR: 'look for a quote, a bracket or a colon that is missing before this place',
  BAD_SCALAR_START: 'put the text into quotes',
  BAD_DQ_ESCAPE: 'write \\\\ for a backslash, or use single quotes',
  MULTIPLE_DOCS: 'keep one document and remove the --- line',
  TAG_RESOLVE_FAILED: `remove the tag; for a secret write "\${NAME}" and set that environment variable`,
  BAD_ALIAS: 'put a text that begins with * or & into quotes',
  NON_STRING_KEY: 'use plain names as keys',
}

/** What the parser says, with what to write instead. */
export function toSyntaxProblem(error: YAMLError, text: string): string {
  const line = lineAround(text, error.pos[0])
  const hint = /[{,[][^'"]*\$\{/.test(line)
    ? `put \${…} into quotes when it stands within { } or [ ]`
    : (hints[error.code] ?? 'see docs/configuration.md for an example')
  return `is not valid YAML: ${withoutQuotation(error.message)}; ${hint}`
}

/** Aliases are followed only when the document is turned into values, and what they throw knows no place. */
export function toAliasProblem(error: unknown): string {
  if (!(error instanceof ReferenceError)) throw error
  return `${error.message}; define the anchor (&name) before it is used (*name)`
}

/** The parser quotes from the file, and a secret may stand there. */
function withoutQuotation(message: string): string {
  return message.replace(/:\s+["'].*$/s, '')
}

function lineAround(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const end = text.indexOf('\n', offset)
  return text.slice(start, end === -1 ? undefined : end)
}
