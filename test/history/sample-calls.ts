import type { Answer, Call, Outcome, SeenModel, SeenVersion, Wish } from './call.ts'

/** What histories are written of by hand. */
export const name = 'm'
const source = 's3://bucket/files'
let count = 0

type Window = readonly [begin: number, end: number]
export const call = ([begin, end]: Window, wish: Wish, outcome: Outcome, more: Partial<Call> = {}): Call => {
  const id = String(count++)
  return { id, client: `client ${id}`, gateway: 'A', wish, key: null, era: 0, begin, end, outcome, ...more }
}
export const done = (answer: Answer = {}): Outcome => ({ kind: 'done', answer })
export const unknown: Outcome = { kind: 'unknown', why: 'the gateway has gone' }
export const refused = (code: string, current?: string | null): Outcome => ({
  kind: 'refused',
  code,
  message: 'No.',
  ...(current !== undefined && { current }),
})

export const create: Wish = { kind: 'createModel', name }
export const remove: Wish = { kind: 'deleteModel', name }
export const version = (marker: string, more: object = {}): Wish => {
  const wish = { kind: 'createVersion', name, createModel: true, source, isRefused: false, marker } as const
  return { ...wish, ...more }
}
export const refusedVersion = version('refused', { source: 'nowhere', isRefused: true })
export const alias = (to: string, more: object = {}): Wish => ({
  ...{ kind: 'setAlias', name, alias: 'champion', version: to },
  ...more,
})
export const move = (number: string, stage: string): Wish => {
  return { kind: 'transitionStage', name, version: number, stage, isArchiving: true }
}
export const assign: Wish = { kind: 'assignAliasToStage', name, stage: 'Production', alias: 'champion' }
export const tag = (text: string | null): Wish => ({ kind: 'setText', name, version: '1', key: 'a', text })

export const seenVersion = (marker: string, more: Partial<SeenVersion> = {}): SeenVersion => {
  return { marker, stage: 'None', texts: {}, artifactUri: null, ...more }
}
export const look = (window: Window, model: Partial<SeenModel> | null): Call => {
  const whole = model && { texts: {}, aliases: {}, versions: {}, ...model }
  return call(window, { kind: 'readModel', name }, done({ model: whole }))
}
export const one = { 1: seenVersion('first') }
export const two = { ...one, 2: seenVersion('second') }
/** A model with two versions. */
export const made = [
  call([0, 1], version('first'), done({ version: '1' })),
  call([2, 3], version('second'), done({ version: '2' })),
]
