/** How a fault proxy treats each request from now on. */
export type FaultMode =
  | { kind: 'pass' }
  /** Passes on after a while. */
  | { kind: 'delay'; ms: number }
  /** Takes the request and never answers. */
  | { kind: 'hang' }
  /** Passes the request on, and cuts the connection once the answer to it has come. */
  | { kind: 'loseAnswer' }
  /** Passes the request on, and keeps the answer to itself. */
  | { kind: 'swallowAnswer' }
  /** Cuts the connection with a TCP reset. */
  | { kind: 'reset' }
  /** Nobody listens on the port. */
  | { kind: 'refuse' }
  /** Answers by itself. */
  | { kind: 'answer'; status: number; headers: Record<string, string>; body: string }
  /** Answers with bytes that are no HTTP. */
  | { kind: 'notHttp' }
  /** Breaks off in the middle of the body. */
  | { kind: 'truncated' }
  /** Sends one byte of an endless body at a time. */
  | { kind: 'slowDrip'; everyMs: number }

const html = { 'content-type': 'text/html; charset=utf-8' }
const json = { 'content-type': 'application/json' }

/** Only for tests of what must never reach a client: such texts stand in upstream errors. */
export const upstreamSecret = 'upstream-secret-5d1c'

const errorBody = (errorCode: string) => JSON.stringify({ error_code: errorCode, message: upstreamSecret })
const errorPage = (title: string) => `<!doctype html><title>${title}</title><p>${upstreamSecret}</p>`

const answer = (status: number, headers: Record<string, string>, body: string): FaultMode => ({
  kind: 'answer',
  status,
  headers,
  body,
})

/** Every fault by name, so that a test can go through them all. */
export const faults = {
  pass: { kind: 'pass' },
  delay: (ms: number): FaultMode => ({ kind: 'delay', ms }),
  hang: { kind: 'hang' },
  loseAnswer: { kind: 'loseAnswer' },
  swallowAnswer: { kind: 'swallowAnswer' },
  reset: { kind: 'reset' },
  refuse: { kind: 'refuse' },
  html500: answer(500, html, errorPage('500 Internal Server Error')),
  json500: answer(500, json, errorBody('INTERNAL_ERROR')),
  status: (status: number): FaultMode => answer(status, html, errorPage(`${status}`)),
  /** 200, said to be JSON, and is not. */
  garbage: answer(200, json, `{"registered_models": [\u0000 ${upstreamSecret}`),
  /** 200, valid JSON, of quite another shape. */
  strangeJson: answer(200, json, '[1, null, {"registered_models": "no"}]'),
  html200: answer(200, html, errorPage('Please log in')),
  notHttp: { kind: 'notHttp' },
  truncated: { kind: 'truncated' },
  slowDrip: (everyMs: number): FaultMode => ({ kind: 'slowDrip', everyMs }),
  tooManyRequests: (retryAfter?: string): FaultMode =>
    answer(429, retryAfter === undefined ? html : { ...html, 'retry-after': retryAfter }, errorPage('429')),
} as const satisfies Record<string, FaultMode | ((...args: never[]) => FaultMode)>
