import type {
  FormattedExecutionResult,
  GraphQLError,
  GraphQLFormattedError,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql'
import type { Logger } from '../../contract/index.ts'
import { mapInTurns } from '../../federation/turns.ts'
import { whenThere } from '../../timing/when-there.ts'
import { nameRequest } from '../errors.ts'
import { type AnswerLimits, type AnswerMeter, AnswerMeters } from './answer-meter.ts'
import { FailureErrors } from './failure.ts'
import { errorsInOrder, failuresInOrder } from './failures-in-order.ts'
import { type InsertedTexts, noTexts } from './inserted-texts.ts'
import { logFailures, toFailed } from './log-failures.ts'
import { type Field, meterFields, type Resolver } from './meter-fields.ts'
import { stringifyAnswer } from './stringify-answer.ts'

/** The context of a request, as far as answers go. */
interface Asked {
  readonly requestId: string
}

/**
 * What becomes of what is executed over a schema, whoever executes it and however its answer is sent: its fields are
 * counted, what failed is null and told at the end, and clients learn of each failure what they may.
 */
export class Answers {
  readonly #meters: AnswerMeters
  readonly #resolvers: ReadonlyMap<Field, Resolver>
  readonly #log: Logger
  /** Stands on contexts, and on the copies that Apollo makes of them. */
  readonly #isUnplanned = Symbol('unplanned')

  /** Changes the resolvers of the schema. */
  constructor(schema: GraphQLSchema, limits: AnswerLimits, log: Logger) {
    this.#meters = new AnswerMeters(limits)
    this.#log = log
    this.#resolvers = meterFields(schema, this.#meters)
  }

  meterOf(context: object): AnswerMeter {
    return this.#meters.of(context)
  }

  /** As it is for an executor that counts by itself; undefined: the property of the field's name. */
  resolverOf(field: Field): Resolver | undefined {
    return this.#resolvers.get(field)
  }

  /** No plan takes what came of it: nothing is counted yet, and nothing has failed. */
  leaveToOthers(context: object): void {
    this.#meters.forget(context)
    Object.assign(context, { [this.#isUnplanned]: true })
  }

  isLeftToOthers(context: object): boolean {
    return this.#isUnplanned in context
  }

  /** What the executor itself tells of, before {@link toClientError} makes of it what clients are told. */
  logErrors(errors: readonly GraphQLError[], { requestId }: Asked): void {
    logFailures(errors.map(toFailed), requestId, this.#log)
  }

  /** What there is instead of an answer that grew too large; null: it did not. */
  tooLarge(context: Asked, operation: OperationDefinitionNode | undefined): FormattedExecutionResult | null {
    const meter = this.meterOf(context)
    if (!meter.excess) return null
    meter.release()
    return { errors: [describeExcess(meter.excess, operation)] }
  }

  /** With an error for each null that failed, and the id to ask by for each that is masked. */
  async complete(result: FormattedExecutionResult, context: Asked): Promise<FormattedExecutionResult> {
    const meter = this.meterOf(context)
    if (result.data) this.#meters.assign(result.data, meter)
    const { requestId } = context
    logFailures(meter.failures, requestId, this.#log)
    const failures = await mapInTurns(failuresInOrder(result.data, meter.failures), new FailureErrors().add)
    const errors = [...errorsInOrder(result.data, result.errors ?? []), ...failures]
    if (errors.length === 0) return result
    return { ...result, errors: errors.map((error) => nameRequest(error, requestId)) }
  }

  /** Of what {@link complete} answered, which then has left the room for answers. */
  async stringify(result: FormattedExecutionResult): Promise<string> {
    return stringifyAnswer(result, this.#meters.ofData(result.data), noTexts)
  }

  /** The same of an answer whose context is at hand, without a promise where it is small. */
  write(
    result: FormattedExecutionResult,
    context: Asked,
    texts: InsertedTexts,
  ): string | Buffer | Promise<string | Buffer> {
    const json = stringifyAnswer(result, result.data ? this.meterOf(context) : null, texts)
    return whenThere(json, (text) => texts.fill(text))
  }
}

/** What was written before the answer grew too large is not undone. */
function describeExcess(
  excess: GraphQLError,
  operation: OperationDefinitionNode | undefined,
): GraphQLFormattedError {
  const error = excess.toJSON()
  if (operation?.operation !== 'mutation') return error
  return { ...error, message: `${error.message} What had been written by then stays written.` }
}
