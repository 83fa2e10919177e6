/** Ways in which a backend that is spoken to over HTTP fails. */
export const faults = [
  'http-500-json',
  'http-500-html',
  'http-502',
  'http-503',
  'http-503-retry-after',
  'http-504',
  'http-429',
  'http-429-retry-after',
  'http-401',
  'http-403',
  'http-404-html',
  /** 200, and a page of a log-in or of a proxy. */
  'html',
  /** 200, and JSON that breaks off. */
  'broken-json',
  /** 200, and JSON of a shape that no backend answers. */
  'other-json',
  /** 200, and fewer bytes than were promised. */
  'truncated',
  'reset',
  'refused',
  /** Takes requests and never answers. */
  'hanging',
  /** 200, and JSON that comes byte by byte and never ends. */
  'endless',
  /** The same after more of it than any honest answer has. */
  'huge',
] as const

export type Fault = (typeof faults)[number]

/** What {@link ConformanceOptions.connectFaulty} is given. */
export interface FaultyBackend {
  /** `spoilt-row`: all is well, but for one field of one row of what {@link ConformanceOptions.backendUrl} answers. */
  readonly fault: Fault | 'spoilt-row'
  /** Where the kit's own server fails in this way: an origin, such as `http://127.0.0.1:41234`. */
  readonly url: string
}

/** What a backend says in 5xx answers and no client may read. */
export const backendWords = 'password authentication failed for user svc_models'

/** What `huge` sends at once, in bytes. */
export const hugeBytes = 64 * 1024 * 1024

/** What `Retry-After` says, in milliseconds. */
export const retryAfterMs = 7_000
