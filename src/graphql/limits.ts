import { ApolloArmor } from '@escape.tech/graphql-armor'
import { GraphQLError, type ValidationContext } from 'graphql'
import type { AnswerLimits } from './answer/answer-meter.ts'

/** How much one request may ask. Beyond it a request is refused before anything runs. */
export interface Limits {
  /** Of fields within fields; fragments do not count. */
  readonly depth: number
  readonly tokens: number
  readonly aliases: number
  readonly directives: number
  /** Objects that the answer may hold at most, as {@link estimateCost} sees them coming. */
  readonly cost: number
  /** Descriptions of types, fields and arguments that introspection may answer; clients' usual query asks for 7,000. */
  readonly introspected: number
  /** Of the text of the document, comments and all. */
  readonly documentLength: number
  /** Of lists and objects within variables. */
  readonly variablesDepth: number
  /** Of lists, objects and single values within variables; of a list of names each counts. */
  readonly variableValues: number
  /** Of fields of one name in one selection, their number times what they select. */
  readonly repetition: number
  /** Of fields once every fragment is spread out. */
  readonly selections: number
  /** What the answer really holds. */
  readonly answer: AnswerLimits
}

export const defaultLimits: Limits = {
  depth: 12,
  tokens: 2_000,
  aliases: 15,
  directives: 10,
  cost: 2_000_000,
  introspected: 30_000,
  documentLength: 100_000,
  variablesDepth: 64,
  variableValues: 5_000,
  repetition: 20_000,
  selections: 10_000,
  answer: { objects: 500_000, characters: 20_000_000, objectsAtOnce: 1_000_000 },
}

/**
 * The part of Apollo's options that limits documents. Armor's own token limit and suggestion blocking stay off: they
 * turn a syntax error into a 500, and Apollo has both itself.
 */
export function createDocumentLimits(limits: Limits) {
  const rule = { propagateOnRejection: false, onReject: [report] }
  const { validationRules } = new ApolloArmor({
    blockFieldSuggestion: { enabled: false },
    maxTokens: { enabled: false },
    costLimit: { enabled: false },
    maxDepth: { ...rule, n: limits.depth, flattenFragments: true, ignoreIntrospection: true },
    maxAliases: { ...rule, n: limits.aliases, allowList: [] },
    maxDirectives: { ...rule, n: limits.directives },
  }).protect()
  return {
    validationRules,
    parseOptions: { maxTokens: limits.tokens },
    maxRecursiveSelections: limits.selections,
    validationOptions: { maxErrors: 5 },
    executionOptions: { maxCoercionErrors: 5 },
  }
}

/** Armor calls every limit a syntax error, and throws unless it is told to report. */
function report(context: ValidationContext | null, error: GraphQLError): void {
  context?.reportError(new GraphQLError(error.message.replace(/^Syntax Error: /, '')))
}
