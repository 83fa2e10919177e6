import type { YAMLError } from 'yaml'

interface Explanation {
  readonly wrong: string
  readonly instead: string
}

const example = 'see docs/configuration.md for an example'
const breaks = { wrong: 'the structure breaks off here', instead: example }

/** In words of our own: the parser quotes from the file, and a secret may stand there. */
const explanations: Readonly<Record<YAMLError['code'], Explanation>> = {
  ALIAS_PROPS: {
    wrong: 'an alias has a tag or an anchor',
    instead: 'put a text that begins with * into quotes',
  },
  BAD_ALIAS: {
    wrong: 'an anchor or alias has no name that YAML takes',
    instead: 'put a text that begins with * or & into quotes',
  },
  BAD_COLLECTION_TYPE: { wrong: 'a tag does not fit what follows it', instead: 'remove the tag' },
  BAD_DIRECTIVE: {
    wrong: 'a line that begins with % is not understood',
    instead: 'remove it, or put the text into quotes',
  },
  BAD_DQ_ESCAPE: {
    wrong: 'a backslash stands before what it cannot escape',
    instead: 'write \\\\ for a backslash, or use single quotes',
  },
  BAD_INDENT: {
    wrong: 'the indentation does not fit',
    instead: 'line the keys of one mapping up under each other',
  },
  BAD_PROP_ORDER: {
    wrong: 'a tag or an anchor stands in a wrong place',
    instead: 'put a text that begins with ! or & into quotes',
  },
  BAD_SCALAR_START: { wrong: 'a text cannot begin with this character', instead: 'put the text into quotes' },
  BLOCK_AS_IMPLICIT_KEY: {
    wrong: 'a mapping or list begins within a line',
    instead: 'put a text that holds ": " into quotes',
  },
  BLOCK_IN_FLOW: { wrong: 'a block stands within { } or [ ]', instead: 'write it within { } or [ ] too' },
  DUPLICATE_KEY: { wrong: 'a key is written twice', instead: 'keep one of the two' },
  IMPOSSIBLE: breaks,
  KEY_OVER_1024_CHARS: { wrong: 'a key is longer than YAML allows', instead: 'use plain names as keys' },
  MISSING_CHAR: {
    wrong: 'something is missing',
    instead: 'look for a quote, a bracket or a colon that is missing before this place',
  },
  MULTILINE_IMPLICIT_KEY: {
    wrong: 'a key goes over several lines',
    instead: 'look for a colon that is missing before this place',
  },
  MULTIPLE_ANCHORS: {
    wrong: 'a value has several anchors',
    instead: 'keep one, or put a text that begins with & into quotes',
  },
  MULTIPLE_DOCS: {
    wrong: 'the file holds several documents',
    instead: 'keep one document and remove the --- line',
  },
  MULTIPLE_TAGS: {
    wrong: 'a value has several tags',
    instead: 'remove them, or put a text that begins with ! into quotes',
  },
  NON_STRING_KEY: { wrong: 'a key is no text', instead: 'use plain names as keys' },
  RESOURCE_EXHAUSTION: {
    wrong: 'it nests too deeply, or repeats itself too often',
    instead: 'write it out plainly',
  },
  TAB_AS_INDENT: {
    wrong: 'Tabs are not allowed as indentation',
    instead: 'indent with spaces, not with tabs',
  },
  TAG_RESOLVE_FAILED: {
    wrong: 'a tag is not known',
    instead: `remove the tag, or put a text that begins with ! into quotes; for a secret write "\${NAME}" and set that environment variable`,
  },
  UNEXPECTED_TOKEN: { wrong: 'something stands where it cannot', instead: example },
}

/** What is wrong, with what to write instead. */
export function toSyntaxProblem({ code, pos }: YAMLError, text: string): string {
  const { wrong, instead } = explanations[code] ?? breaks
  const hint = /[{,[][^'"]*\$\{/.test(lineAround(text, pos[0]))
    ? `put \${…} into quotes when it stands within { } or [ ]`
    : instead
  return `is not valid YAML: ${wrong}; ${hint}`
}

function lineAround(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const end = text.indexOf('\n', offset)
  return text.slice(start, end === -1 ? undefined : end)
}
