import { invalidParameter } from './stub-error.ts'

export interface SearchCondition {
  key: string
  /** Of a tag, else undefined. */
  tag: string | undefined
  operator: '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'ILIKE' | 'IN' | 'NOT IN'
  values: string[]
}

// A quoted text ends where MLflow's own tokenizer ends it: '' and \' do not end it, and mean themselves.
const quoted = String.raw`'(?:''|\\'|[^'])*'|"(?:""|\\"|[^"])*"`
const tagKey = String.raw`\x60[^\x60]+\x60|"[^"]+"|[^\s=!<>"'\x60]+`
const key = String.raw`(?:(tags?)\.(${tagKey})|(?:attribute\.)?(name|run_id|source_path|version_number))`
const list = String.raw`\((?:[^\S\n]*(?:${quoted})[^\S\n]*,?)*\)`
const operator = String.raw`=|!=|<=|>=|<|>|I?LIKE\b|(?:NOT\s+)?IN\b`
const conditionPattern = new RegExp(
  String.raw`\s*${key}\s*(${operator})\s*(${quoted}|\d+|${list})\s*(AND(?=\s+\S)|(?:AND\s*)?$)`,
  'iuy',
)

/** Reads `key OP 'value' AND …`; there is no OR, no NOT, no bracket and no escape in MLflow's filters. */
export const parseSearchFilter = (filter: string): SearchCondition[] => {
  if (filter === '') return []
  const conditions: SearchCondition[] = []
  conditionPattern.lastIndex = 0
  for (;;) {
    const match = conditionPattern.exec(filter)
    if (match === null) throw invalidParameter(`Invalid clause(s) in filter string: ${filter}`)
    const [, tagWord, tagName, attribute, operatorWord = '', value = ''] = match
    if (/^\d/.test(value) && attribute?.toLowerCase() !== 'version_number')
      throw invalidParameter(
        `Parameter value is either not quoted or unidentified quote types used: ${value}`,
      )
    conditions.push({
      key: tagWord === undefined ? (attribute ?? '').toLowerCase() : 'tag',
      tag: tagWord === undefined ? undefined : unquoted(tagName ?? ''),
      operator: operatorWord.toUpperCase().replace(/\s+/g, ' ') as SearchCondition['operator'],
      values: value.startsWith('(') ? listValues(value) : [unquoted(value)],
    })
    // A last AND with nothing after it is let pass, as in the real server.
    if (conditionPattern.lastIndex === filter.length) return conditions
  }
}

const listValues = (text: string): string[] => {
  const values = text.match(new RegExp(quoted, 'gu'))?.map(unquoted) ?? []
  // A name with a line break in it breaks the whole list, as in the real server.
  if (values.length === 0 || values.some((value) => value.includes('\n')))
    throw invalidParameter('While parsing a list in the query, expected a non-empty list of strings')
  return values
}

const unquoted = (text: string): string => (/^['"`]/.test(text) ? text.slice(1, -1) : text)
