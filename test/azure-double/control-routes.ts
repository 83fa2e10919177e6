import type { LoggedRequest, RequestLog } from '../environment/request-log.ts'
import type { DoubleState } from './double-state.ts'
import { jsonAnswer, type PlainAnswer } from './plain-answer.ts'
import { type AzureDoubleSwitches, changeSwitches, defaultSwitches, type SwitchChanges } from './switches.ts'

export const controlPath = '/_double'

interface Control {
  state: DoubleState
  switches: AzureDoubleSwitches
  log: RequestLog
}

/** The double's own routes, for whoever cannot reach into its process. */
export const answerControl = (control: Control, { method, path, body }: LoggedRequest): PlainAnswer => {
  const route = controlRoutes[`${method} ${path.slice(controlPath.length)}`]
  if (route === undefined)
    return jsonAnswer(404, { error: `there are ${Object.keys(controlRoutes).join(', ')}` })
  try {
    return jsonAnswer(200, route(control, body) ?? {})
  } catch (error) {
    return jsonAnswer(400, { error: (error as Error).message })
  }
}

const controlRoutes: Record<string, (control: Control, body: string) => unknown> = {
  'GET ': ({ switches, log }) => ({ switches, requests: log.requests.length }),
  'GET /switches': ({ switches }) => switches,
  'PATCH /switches': ({ switches }, body) => {
    changeSwitches(switches, JSON.parse(body) as SwitchChanges)
    return switches
  },
  'DELETE /switches': ({ switches }) => Object.assign(switches, defaultSwitches()),
  'GET /requests': ({ log }) =>
    log.requests.map(({ method, path, query }) => ({ method, path, query: `${query}` })),
  'GET /counts': ({ log }) => log.countByPath(),
  'DELETE /requests': ({ log }) => log.reset(),
  'DELETE /state': ({ state }) => state.clear(),
}
