import { RegistryError } from '../../src/contract/index.ts'
import { goodManners, type HttpManners, secretToken, toError } from './http-adapter.ts'

/** A way to take a backend's failures wrongly, and the end of the id of the check that is meant for it. */
export interface Impoliteness {
  readonly wrong: string
  readonly number: string
  readonly manners: Partial<HttpManners>
  /** Of `number`s, what follows from it. */
  readonly also?: readonly string[]
  readonly alsoOfReads?: readonly string[]
}

const { ofAnswer, ofConnection } = goodManners

export const impolitenesses: readonly Impoliteness[] = [
  {
    wrong: 'takes every 5xx for a registry that is out of reach',
    number: '001',
    manners: {
      ofAnswer: (answer) =>
        answer.status === 500 ? toError('REGISTRY_UNAVAILABLE', answer.status) : ofAnswer(answer),
    },
  },
  {
    wrong: 'takes a proxy that has lost its backend for a fault of the backend',
    number: '002',
    alsoOfReads: ['013'],
    manners: {
      ofAnswer: (answer) =>
        answer.status > 501 ? toError('REGISTRY_ERROR', answer.status, answer.retryAfter) : ofAnswer(answer),
    },
  },
  {
    wrong: 'takes 429 for a fault of the backend',
    number: '003',
    manners: {
      ofAnswer: (answer) =>
        answer.status === 429
          ? new RegistryError('REGISTRY_ERROR', 'Too many requests.', {
              retryable: true,
              retryAfterMs: answer.retryAfter === null ? null : Number(answer.retryAfter) * 1000,
            })
          : ofAnswer(answer),
    },
  },
  {
    wrong: 'takes 401 for a missing permission',
    number: '004',
    manners: {
      ofAnswer: (answer) => (answer.status === 401 ? toError('FORBIDDEN', answer.status) : ofAnswer(answer)),
    },
  },
  {
    wrong: 'takes 403 for bad arguments',
    number: '005',
    manners: {
      ofAnswer: (answer) =>
        answer.status === 403 ? toError('BAD_USER_INPUT', answer.status) : ofAnswer(answer),
    },
  },
  {
    wrong: 'takes a web page for an empty answer',
    number: '006',
    manners: {
      ofAnswer: (answer) => (answer.status === 200 && answer.text.startsWith('<') ? null : ofAnswer(answer)),
    },
  },
  {
    wrong: 'lets the errors of its HTTP client through',
    number: '007',
    also: ['008'],
    manners: { ofConnection: (cause, call) => (call.signal.aborted ? ofConnection(cause, call) : cause) },
  },
  {
    wrong: 'takes an answer that breaks off for a deadline that has passed',
    number: '008',
    manners: {
      ofConnection: (cause, call) =>
        isBrokenOff(cause)
          ? new RegistryError('REGISTRY_TIMEOUT', 'The answer broke off.')
          : ofConnection(cause, call),
    },
  },
  {
    wrong: 'hands on what its backend says',
    number: '009',
    manners: {
      ofAnswer(answer) {
        const error = ofAnswer(answer)
        if (!RegistryError.is(error) || answer.status < 500) return error
        const said = answer.text.replaceAll(secretToken, '***')
        return new RegistryError(error.code, `The registry says: ${said}`, {
          retryAfterMs: error.retryAfterMs,
        })
      },
    },
  },
]

/** The head of the answer was there. */
function isBrokenOff(cause: unknown): boolean {
  return cause instanceof TypeError && cause.message === 'terminated'
}
