import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FormattedExecutionResult } from 'graphql'
import type { Logger } from '../../contract/index.ts'
import { Company } from '../../server/company.ts'
import { whenThere } from '../../timing/when-there.ts'
import type { Answers } from '../answer/answers.ts'
import { InsertedTexts } from '../answer/inserted-texts.ts'
import { assertAffordable } from '../assert-affordable.ts'
import { assertBounded } from '../assert-bounded.ts'
import { isMasked } from '../errors.ts'
import type { Limits } from '../limits.ts'
import type { OperationPlan } from '../plan/operation-plan.ts'
import type { PlannedDocuments } from '../plan/planned-documents.ts'
import type { PlannedOperation } from '../plan/planned-operation.ts'
import { Unplanned } from '../plan/unplanned.ts'
import type { RequestLog } from '../request-log.ts'
import type { MeasuredSession, RequestScope } from '../request-scope.ts'
import type { RequestScopes } from '../request-scopes.ts'
import { AnswersUnderWay, type AnswerUnderWay } from './answers-under-way.ts'
import { ContentTypes } from './content-types.ts'
import type { FinishedAnswer } from './finished-answer.ts'
import { type OrdinaryQuestion, readOrdinaryQuestion } from './ordinary-question.ts'
import { RecentAnswers } from './recent-answers.ts'

export interface ShortWayOptions<Session extends MeasuredSession> {
  readonly documents: PlannedDocuments
  readonly answers: Answers
  readonly limits: Limits
  readonly listSizes: ReadonlyMap<string, number>
  readonly scopes: RequestScopes<Session>
  readonly requestLog: RequestLog
  readonly log: Logger
  /** For how long answers are kept; 0: not at all. */
  readonly keptMs: number
}

interface Planned {
  readonly question: OrdinaryQuestion
  readonly operation: PlannedOperation
  readonly plan: OperationPlan
  readonly variables: Readonly<Record<string, unknown>>
}

/**
 * The way of ordinary queries whose document Apollo has found valid before. It answers as Apollo does, or not at all:
 * then the request is Apollo's, with the session that it may have by then. Who asks what is being answered already
 * gets the same bytes.
 */
export class ShortWay<Session extends MeasuredSession> {
  readonly #options: ShortWayOptions<Session>
  readonly #contentTypes = new ContentTypes()
  readonly #underWay = new AnswersUnderWay()
  readonly #recent: RecentAnswers

  constructor(options: ShortWayOptions<Session>) {
    this.#options = options
    this.#recent = new RecentAnswers(options.keptMs)
  }

  /** Null: Apollo has to answer. */
  async answer(request: FastifyRequest, reply: FastifyReply): Promise<string | Buffer | null> {
    const startedAt = performance.now()
    const contentType = this.#contentTypes.find(request.headers.accept)
    const planned = contentType === null ? null : this.#plan(request)
    if (!planned) return null
    const company = new Company()
    const opening = this.#open(request, reply, company)
    const scope = opening instanceof Promise ? await opening : opening
    if (!scope) return null
    const finding = this.#find(reply, company, planned, scope, startedAt)
    const answer = finding instanceof Promise ? await finding : finding
    if (!answer) return null
    this.#log(request, planned, scope, answer, startedAt)
    reply.code(answer.status).header('content-type', contentType)
    return answer.body
  }

  /** From what Apollo answered to a request that was not for this way. */
  learn({ method, headers }: FastifyRequest, reply: FastifyReply): void {
    if (method !== 'POST' || reply.statusCode !== 200) return
    this.#contentTypes.learn(headers.accept, reply.getHeader('content-type'))
  }

  #plan(request: FastifyRequest): Planned | null {
    const question = readOrdinaryQuestion(request)
    if (!question) return null
    const operation = this.#options.documents.find(question.query, question.operationName)
    if (operation?.operation.operation !== 'query' || !this.#isBounded(question)) return null
    const variables = operation.coerce(question.variables)
    const plan = variables && operation.planFor(variables)
    if (!plan || !this.#isAffordable(operation, question)) return null
    return { question, operation, plan, variables }
  }

  #isBounded(question: OrdinaryQuestion): boolean {
    return holds(() => assertBounded(question, this.#options.limits))
  }

  #isAffordable(planned: PlannedOperation, { variables }: OrdinaryQuestion): boolean {
    const { limits, listSizes } = this.#options
    return planned.isAffordable(variables, (asked) =>
      holds(() => assertAffordable({ ...asked, listSizes }, limits)),
    )
  }

  /** At once where it was made before. */
  #find(
    reply: FastifyReply,
    company: Company,
    planned: Planned,
    scope: RequestScope<Session>,
    startedAt: number,
  ): FinishedAnswer | Promise<FinishedAnswer | null> {
    const { question, operation } = planned
    const make = () => this.#make(planned, scope, startedAt)
    if (question.inHurry || operation.isPersonal) return make()
    const key = keyOf(planned, scope.session)
    const recent = this.#recent.find(key)
    if (recent) {
      const { answer, ageMs } = recent
      if (!question.explain) return answer
      const extensions = this.#explain(scope, startedAt, ageMs)
      return { ...answer, body: withExtensions(answer.body, extensions) }
    }
    if (question.explain) return make()
    const underWay = this.#underWay.join(key, reply)
    if (underWay === null) return this.#makeForAll(key, { company, answer: make() }, startedAt)
    return underWay.then((shared) => {
      if (shared?.isPersonal) return make()
      if (!shared) this.#options.answers.leaveToOthers(scope)
      return shared
    })
  }

  /** For all who ask the same meanwhile, and for a while after. */
  async #makeForAll(
    key: string,
    underWay: AnswerUnderWay,
    startedAt: number,
  ): Promise<FinishedAnswer | null> {
    this.#underWay.add(key, underWay)
    try {
      const answer = await underWay.answer
      if (answer) this.#recent.add(key, answer, startedAt)
      return answer
    } finally {
      this.#underWay.remove(key, underWay)
    }
  }

  /** Null when it is refused, which Apollo is to say. */
  #open(
    request: FastifyRequest,
    reply: FastifyReply,
    company: Company,
  ): RequestScope<Session> | null | Promise<RequestScope<Session> | null> {
    try {
      const scope = this.#options.scopes.of(request, reply, company)
      return scope instanceof Promise ? scope.catch(() => null) : scope
    } catch {
      return null
    }
  }

  /** Null when it does not go by its plan, or broke. */
  async #make(
    { question, operation, plan, variables }: Planned,
    scope: RequestScope<Session>,
    startedAt: number,
  ): Promise<FinishedAnswer | null> {
    const { answers, log } = this.#options
    try {
      const texts = new InsertedTexts()
      const meter = answers.meterOf(scope)
      const data = (await operation.run(plan, variables, scope, meter, texts)) as Record<string, unknown>
      const tooLarge = answers.tooLarge(scope, operation.operation)
      const isWhole = tooLarge === null && meter.failures.length === 0
      const completed = isWhole ? { data } : (tooLarge ?? (await answers.complete({ data }, scope)))
      const extensions = question.explain ? this.#explain(scope, startedAt, null) : undefined
      const written = this.#write(extensions ? { ...completed, extensions } : completed, scope, texts)
      return written instanceof Promise ? await written : written
    } catch (error) {
      if (!(error instanceof Unplanned)) {
        log.error(
          { requestId: scope.requestId, err: error },
          'a plan broke; the query is executed without it',
        )
      }
      answers.leaveToOthers(scope)
      return null
    }
  }

  #write(
    { errors, data, extensions }: FormattedExecutionResult,
    scope: RequestScope<Session>,
    texts: InsertedTexts,
  ): FinishedAnswer | Promise<FinishedAnswer> {
    const told = errors ?? []
    const written = this.#options.answers.write({ errors, data, extensions } as never, scope, texts)
    return whenThere(written, (body) => ({
      status: data === undefined ? 400 : 200,
      body,
      code: told[0]?.extensions?.code ?? null,
      errors: told.length,
      isPersonal: told.some(isMasked),
      isWhole: told.length === 0 && !scope.session.isIncomplete,
    }))
  }

  #explain({ requestId, session }: RequestScope<Session>, startedAt: number, ageMs: number | null) {
    const ms = Math.round((performance.now() - startedAt) * 1000) / 1000
    const age = ageMs === null ? {} : { ageMs: Math.round(ageMs) }
    return { modelgate: { requestId, ms, ...session.cost(), ...age } }
  }

  #log(
    { id }: FastifyRequest,
    { operation: { operation } }: Planned,
    scope: RequestScope<Session>,
    { code, errors }: FinishedAnswer,
    startedAt: number,
  ): void {
    const { requestLog, log } = this.#options
    const { upstreamRequests, cacheHits } = scope.session.cost()
    requestLog.answered(scope, {
      requestId: id,
      operation: operation.name?.value ?? null,
      kind: operation.operation,
      ms: Math.round(performance.now() - startedAt),
      registries: Object.keys(upstreamRequests),
      code,
    })
    log.debug({ requestId: id, upstreamRequests, cacheHits, errors }, 'what it took')
  }
}

/** Whoever has the same key may be told the same at the same time. */
function keyOf({ question, operation }: Planned, { viewKey, writesSoFar }: MeasuredSession): string {
  return JSON.stringify([operation.id, writesSoFar, viewKey, question.variables])
}

/** An answer ends with a brace and a line feed. */
function withExtensions(bytes: Buffer, extensions: object): Buffer {
  return Buffer.concat([
    bytes.subarray(0, bytes.length - 2),
    Buffer.from(`,"extensions":${JSON.stringify(extensions)}}\n`),
  ])
}

function holds(assert: () => void): boolean {
  try {
    assert()
    return true
  } catch {
    return false
  }
}
