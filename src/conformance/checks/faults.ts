import assert from 'node:assert/strict'
import type { RegistryErrorCode } from '../../contract/index.ts'
import type { Check, CheckContext } from '../check.ts'
import { assertCodes, type FailingCall, failingReads, registryErrors } from '../faults/failing-calls.ts'
import { backendWords, type Fault, retryAfterMs } from '../faults/fault.ts'

const source = 'modelgate/adapter: RegistryErrorCode'

/** Where the reads, and where the writes have such checks, each under ids of their own. */
export interface FaultSubject {
  readonly idOf: (number: string) => string
  /** `read` or `write`. */
  readonly noun: string
  readonly calls: (context: CheckContext, faults: readonly Fault[]) => Promise<FailingCall[]>
}

interface FaultRule {
  readonly number: string
  readonly faults: readonly Fault[]
  readonly codes: readonly RegistryErrorCode[]
  readonly about: string
  readonly why: string
}

const rules: readonly FaultRule[] = [
  {
    number: '001',
    faults: ['http-500-json', 'http-500-html'],
    codes: ['REGISTRY_ERROR'],
    about: 'that is answered by 500 is REGISTRY_ERROR',
    why: 'The backend has a fault of its own: neither the client nor the network is to blame, and trying again is no cure.',
  },
  {
    number: '002',
    faults: ['http-502', 'http-503', 'http-504'],
    codes: ['REGISTRY_UNAVAILABLE'],
    about: 'that is answered by 502, 503 or 504 is REGISTRY_UNAVAILABLE',
    why: 'It is what opens the circuit and lets others answer in the meantime.',
  },
  {
    number: '003',
    faults: ['http-429', 'http-429-retry-after'],
    codes: ['RATE_LIMITED'],
    about: 'that is answered by 429 is RATE_LIMITED',
    why: 'Whoever is asked for fewer requests must not take the registry for broken and ask again at once.',
  },
  {
    number: '004',
    faults: ['http-401'],
    codes: ['UNAUTHENTICATED'],
    about: 'that is answered by 401 is UNAUTHENTICATED',
    why: 'A person has to change the credentials; every other code sends them to look elsewhere.',
  },
  {
    number: '005',
    faults: ['http-403'],
    codes: ['FORBIDDEN'],
    about: 'that is answered by 403 is FORBIDDEN',
    why: 'The credentials are good, and a permission is missing.',
  },
  {
    number: '006',
    faults: ['html', 'broken-json'],
    codes: ['REGISTRY_ERROR'],
    about: 'that is answered by a web page or by broken JSON is REGISTRY_ERROR',
    why: 'A log-in page in place of the backend must not look like an empty registry.',
  },
  {
    number: '007',
    faults: ['refused', 'reset'],
    codes: ['REGISTRY_UNAVAILABLE'],
    about: 'whose connection is refused or reset is REGISTRY_UNAVAILABLE',
    why: 'It is the most usual of failures, and the one that passes by itself.',
  },
  {
    number: '008',
    faults: ['truncated'],
    codes: ['REGISTRY_UNAVAILABLE', 'REGISTRY_ERROR'],
    about: 'whose answer breaks off is REGISTRY_UNAVAILABLE or REGISTRY_ERROR',
    why: 'Half an answer that is taken for a whole one loses rows.',
  },
]

export function codeChecks({ idOf, noun, calls }: FaultSubject): Omit<Check, 'needs'>[] {
  return rules.map(({ number, faults, codes, about, why }) => ({
    id: idOf(number),
    level: 'MUST',
    title: `A ${noun} ${about}`,
    source,
    why,
    run: async (context) => assertCodes(await calls(context, faults), ...codes),
  }))
}

const reads: FaultSubject = { idOf: (number) => `MG-FAULT-${number}`, noun: 'read', calls: failingReads }

export const faultChecks: readonly Check[] = [
  ...codeChecks(reads).map((check): Check => ({ ...check, needs: ['faulty backend'] })),
  {
    id: 'MG-FAULT-009',
    level: 'MUST',
    title: 'No message holds what the backend said in a 5xx answer',
    needs: ['faulty backend'],
    source: 'modelgate/adapter: RegistryError.message',
    why: 'Messages are shown to clients, and such answers hold statements, paths and stacks.',
    async run(context) {
      const calls = await failingReads(context, ['http-500-json', 'http-500-html', 'http-502', 'http-503'])
      for (const [what, { message }] of registryErrors(calls)) {
        assert.ok(!message.includes(backendWords), `${what}: its message repeats the backend: ${message}`)
        assert.ok(!/\.py:\d+|<pre>/.test(message), `${what}: its message holds a stack: ${message}`)
      }
    },
  },
  {
    id: 'MG-FAULT-010',
    level: 'SHOULD',
    title: 'A web page that says 404 is an error, and not a thing that is not there',
    needs: ['faulty backend'],
    source,
    why: 'With a wrong path in its address the whole registry would look empty.',
    async run(context) {
      assertCodes(await failingReads(context, ['http-404-html']), 'UNSUPPORTED', 'REGISTRY_ERROR')
    },
  },
  {
    id: 'MG-FAULT-011',
    level: 'SHOULD',
    title: 'JSON of a shape that the backend does not have is REGISTRY_ERROR',
    needs: ['faulty backend'],
    source,
    why: 'Another server at the same address must not look like an empty registry.',
    run: async (context) => assertCodes(await failingReads(context, ['other-json']), 'REGISTRY_ERROR'),
  },
  {
    id: 'MG-FAULT-012',
    level: 'SHOULD',
    title: 'What Retry-After says is handed on, and nothing where it is not said',
    needs: ['faulty backend'],
    source: 'modelgate/adapter: RegistryErrorOptions.retryAfterMs',
    why: 'Clients are told when to come back.',
    async run(context) {
      const said = await failingReads(context, ['http-429-retry-after', 'http-503-retry-after'])
      for (const [what, error] of registryErrors(said))
        assert.equal(error.retryAfterMs, retryAfterMs, `${what}: retryAfterMs`)
      const unsaid = await failingReads(context, ['http-429', 'http-503', 'http-500-json'])
      for (const [what, error] of registryErrors(unsaid))
        assert.equal(error.retryAfterMs, null, `${what}: retryAfterMs`)
    },
  },
  {
    id: 'MG-FAULT-013',
    level: 'SHOULD',
    title: 'What passes by itself is retryable, and what does not is not',
    needs: ['faulty backend'],
    source: 'modelgate/adapter: RegistryErrorOptions.retryable',
    why: 'The gateway tries a read once more by it, and clients decide by it.',
    async run(context) {
      const passing = await failingReads(context, ['http-429', 'http-502', 'http-503', 'reset', 'refused'])
      for (const [what, error] of registryErrors(passing))
        assert.ok(error.retryable, `${what}: is not retryable`)
      const lasting = await failingReads(context, ['http-401', 'http-403'])
      for (const [what, error] of registryErrors(lasting))
        assert.ok(!error.retryable, `${what}: is retryable`)
    },
  },
]
