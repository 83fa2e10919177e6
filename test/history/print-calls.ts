import type { Answer, Call, Outcome, Wish } from './call.ts'

/** One line for each call, in the order of their begins, in milliseconds since the first. */
export function describeCalls(calls: readonly Call[]): string {
  const inOrder = calls.toSorted((a, b) => a.begin - b.begin)
  const start = inOrder[0]?.begin ?? 0
  return inOrder.map((call) => describeCall(call, start)).join('\n')
}

function describeCall({ client, gateway, wish, key, era, begin, end, outcome }: Call, start: number): string {
  const time = (moment: number) => (moment - start).toFixed(1)
  const times = `${time(begin).padStart(9)} ..${time(end).padStart(9)}`
  const once = key === null ? '' : ` key ${key}${era === 0 ? '' : ` (era ${era})`}`
  return `${times}  ${client} at ${gateway}: ${describeWish(wish)}${once} -> ${describeOutcome(outcome)}`
}

function describeWish({ kind, ...rest }: Wish): string {
  const parts = Object.entries(rest).map(([key, value]) => `${key}=${brief(value)}`)
  return [kind, ...parts].join(' ')
}

/** Of an original its name is enough, and of a long text its beginning. */
function brief(value: unknown): string {
  const isOriginal = typeof value === 'object' && value !== null && 'files' in value
  const text = JSON.stringify(isOriginal ? { ...value, files: undefined } : value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

function describeOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'done':
      return `done ${describeAnswer(outcome.answer)}`
    case 'refused':
      return `${outcome.code}: ${outcome.message}`
    case 'unknown':
      return `unknown: ${outcome.why}`
  }
}

/** Of a model what tells its state, not where its files are. */
function describeAnswer({ model, ...answer }: Answer): string {
  if (!model) return JSON.stringify({ ...answer, ...(model === null && { model }) })
  const versions = Object.entries(model.versions).map(([version, { marker, stage, texts }]) => [
    version,
    { marker, stage, ...texts },
  ])
  return JSON.stringify({ ...model, versions: Object.fromEntries(versions) })
}
