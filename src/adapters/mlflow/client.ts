import { type Call, RegistryError } from '../../contract/index.ts'
import { HttpConnection, type HttpRequest } from '../http/http-connection.ts'
import { parseJsonObject } from '../http/parse-json.ts'
import type { MlflowConfig } from './config.ts'
import { toMlflowError } from './errors.ts'
import type { Wire } from './wire.ts'

export type Parameters = Readonly<Record<string, string | number | readonly string[]>>

/** gunicorn, under which 2.x runs, refuses request lines of 4 KB; proxies have limits of their own. */
const maxQueryLength = 3000

/** Speaks MLflow's REST dialect: JSON objects in, JSON objects or a {@link RegistryError} out. */
export class MlflowClient {
  readonly #connection: HttpConnection
  readonly #whenUnavailable: () => void

  constructor(config: MlflowConfig, whenUnavailable: () => void) {
    this.#connection = new HttpConnection({
      ...config,
      headers: config.workspace === undefined ? {} : { 'x-mlflow-workspace': config.workspace },
    })
    this.#whenUnavailable = whenUnavailable
  }

  /** Long queries travel as a JSON body, which MLflow reads of a GET when the query string is empty. */
  get(path: string, parameters: Parameters, call: Call): Promise<Wire> {
    const query = toQuery(parameters)
    return query.length <= maxQueryLength
      ? this.#send({ method: 'GET', path: `/api/2.0/mlflow/${path}?${query}` }, call)
      : this.#send({ method: 'GET', path: `/api/2.0/mlflow/${path}`, json: parameters }, call)
  }

  post(path: string, json: unknown, call: Call): Promise<Wire> {
    return this.#send({ method: 'POST', path: `/api/2.0/mlflow/${path}`, json }, call)
  }

  /** One folder of the artifact store that the server is a proxy of. */
  listProxiedArtifacts(folder: string, call: Call): Promise<Wire> {
    const query = toQuery({ path: folder })
    return this.#send({ method: 'GET', path: `/api/2.0/mlflow-artifacts/artifacts?${query}` }, call)
  }

  /** The text of `/version`; `null` where there is no such page, as in MLflow 1.x. */
  async getVersion(call: Call): Promise<string | null> {
    const answer = await this.#connection.send({ method: 'GET', path: '/version' }, call)
    if (answer.status === 404) return null
    if (answer.status !== 200) throw toMlflowError(answer)
    return answer.text.trim()
  }

  close(): Promise<void> {
    return this.#connection.close()
  }

  async #send(request: HttpRequest, call: Call): Promise<Wire> {
    try {
      const answer = await this.#connection.send(request, call)
      if (answer.status < 200 || answer.status > 299) throw toMlflowError(answer)
      return parseJsonObject(answer)
    } catch (error) {
      if (RegistryError.is(error) && error.code === 'REGISTRY_UNAVAILABLE') this.#whenUnavailable()
      throw error
    }
  }
}

function toQuery(parameters: Parameters): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(parameters)) {
    for (const item of typeof value === 'object' ? value : [value]) query.append(key, String(item))
  }
  return query.toString()
}
