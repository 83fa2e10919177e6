import { type Call, RegistryError } from '../../../contract/index.ts'
import { type HttpBody, toJsonBody } from '../../http/http-body.ts'
import { HttpConnection } from '../../http/http-connection.ts'
import type { HttpAnswer, HttpRequest, HttpWrite } from '../../http/http-message.ts'
import { parseJsonObject } from '../../http/parse-json.ts'
import type { MlflowConfig } from '../config.ts'
import { toWriteError } from '../writes/write-errors.ts'
import { toMlflowError } from './errors.ts'
import { canTravel } from './grammar.ts'
import { ServerClock } from './server-clock.ts'
import type { Wire } from './wire.ts'

/** Who wants to know what the server's answers say of the server itself. */
export interface ServerWatch {
  /** It was away, and may come back as another one. */
  unavailable(): void
  /** It did not understand, or did not know the request: it may be another one than was taken for granted. */
  refused(): void
}

export type Parameters = Readonly<Record<string, string | number | readonly string[]>>

/** gunicorn, under which 2.x runs, refuses request lines of 4 KB; proxies have limits of their own. */
const maxQueryLength = 3000

const api = '/api/2.0/mlflow'
const proxy = '/api/2.0/mlflow-artifacts/artifacts'

/** Speaks MLflow's REST dialect: JSON objects in, JSON objects or a {@link RegistryError} out. */
export class MlflowClient {
  /** As `mlflow-artifacts://HOST/…` names it, from where the gateway sees it. */
  readonly hosts: readonly string[]
  readonly clock = new ServerClock()
  readonly #connection: HttpConnection
  readonly #watch: ServerWatch

  constructor(config: MlflowConfig, watch: ServerWatch) {
    this.hosts = [new URL(config.url).host, config.host?.toLowerCase() ?? ''].filter((host) => host !== '')
    this.#connection = new HttpConnection({
      ...config,
      headers: config.workspace === undefined ? {} : { 'x-mlflow-workspace': config.workspace },
    })
    this.#watch = watch
  }

  /** Long queries travel as a JSON body, which MLflow reads of a GET when the query string is empty. */
  get(path: string, parameters: Parameters, call: Call): Promise<Wire> {
    return this.getAs(parseJsonObject, path, parameters, call)
  }

  /** What `take` makes of the answer. */
  getAs<T>(
    take: (answer: HttpAnswer) => T | Promise<T>,
    path: string,
    parameters: Parameters,
    call: Call,
  ): Promise<T> {
    const query = toQuery(parameters)
    return query.length <= maxQueryLength
      ? this.#read({ method: 'GET', path: `${api}/${path}?${query}` }, call, take)
      : this.#read({ method: 'GET', path: `${api}/${path}`, json: parameters }, call, take)
  }

  /** A read that MLflow takes as a POST. */
  search(path: string, json: unknown, call: Call): Promise<Wire> {
    return this.#read({ method: 'POST', path: `${api}/${path}`, json }, call, parseJsonObject)
  }

  async write(method: 'POST' | 'PATCH' | 'DELETE', path: string, json: object, call: Call): Promise<Wire> {
    refuseBrokenTexts(json)
    return parseJsonObject(
      await this.#write({ method, path: `${api}/${path}`, body: toJsonBody(json) }, call),
    )
  }

  /** One folder of the artifact store that the server is a proxy of. */
  listProxiedArtifacts(folder: string, call: Call): Promise<Wire> {
    return this.#read({ method: 'GET', path: `${proxy}?${toQuery({ path: folder })}` }, call, parseJsonObject)
  }

  downloadProxiedArtifact(path: string, call: Call): Promise<AsyncIterable<Uint8Array>> {
    return this.#download(`${proxy}/${toUrlPath(path)}`, call)
  }

  /** A file of a run, out of any store that the server itself can read. */
  downloadRunArtifact(runId: string, path: string, call: Call): Promise<AsyncIterable<Uint8Array>> {
    return this.#download(`/get-artifact?${toQuery({ run_uuid: runId, path })}`, call)
  }

  downloadLoggedModelArtifact(modelId: string, path: string, call: Call): Promise<AsyncIterable<Uint8Array>> {
    const files = `/ajax-api/2.0/mlflow/logged-models/${modelId}/artifacts/files`
    return this.#download(`${files}?${toQuery({ artifact_file_path: path })}`, call)
  }

  async uploadProxiedArtifact(path: string, body: HttpBody, call: Call): Promise<void> {
    const write = { method: 'PUT', path: `${proxy}/${toUrlPath(path)}`, body } as const
    await this.#watched(async () => refuseUnlessOk(await this.#connection.upload(write, call), toWriteError))
  }

  /** A file, or a folder with all that is in it. */
  async deleteProxiedArtifact(path: string, call: Call): Promise<void> {
    await this.#write({ method: 'DELETE', path: `${proxy}/${toUrlPath(path)}`, body: toJsonBody({}) }, call)
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

  async #read<T>(request: HttpRequest, call: Call, take: (answer: HttpAnswer) => T | Promise<T>): Promise<T> {
    try {
      const answer = await this.#connection.send(request, call)
      this.clock.note(answer.date)
      const taken = take(refuseUnlessOk(answer, toMlflowError))
      return taken instanceof Promise ? await taken : taken
    } catch (error) {
      this.#tellWatch(error)
      throw error
    }
  }

  /** What comes back of files is an empty object, or nothing. */
  async #write(write: HttpWrite, call: Call): Promise<HttpAnswer> {
    return this.#watched(async () => refuseUnlessOk(await this.#connection.write(write, call), toWriteError))
  }

  #download(path: string, call: Call): Promise<AsyncIterable<Uint8Array>> {
    return this.#watched(() => this.#connection.download(path, toMlflowError, call))
  }

  async #watched<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request()
    } catch (error) {
      this.#tellWatch(error)
      throw error
    }
  }

  #tellWatch(error: unknown): void {
    const code = RegistryError.is(error) ? error.code : null
    if (code === 'REGISTRY_UNAVAILABLE') this.#watch.unavailable()
    if (code === 'BAD_USER_INPUT' || code === 'UNSUPPORTED') this.#watch.refused()
  }
}

function refuseUnlessOk(answer: HttpAnswer, toError: (answer: HttpAnswer) => RegistryError): HttpAnswer {
  if (answer.status < 200 || answer.status > 299) throw toError(answer)
  return answer
}

/** MLflow would take half a surrogate pair for no text at all, and not every database of its keeps a NUL. */
function refuseBrokenTexts(json: unknown): void {
  if (typeof json === 'string' && !canTravel(json)) {
    throw new RegistryError(
      'BAD_USER_INPUT',
      'A text holds half a surrogate pair or a NUL character, which MLflow cannot keep.',
    )
  }
  if (typeof json === 'object' && json !== null) Object.values(json).forEach(refuseBrokenTexts)
}

function toUrlPath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}

function toQuery(parameters: Parameters): string {
  const parts: string[] = []
  for (const [key, value] of Object.entries(parameters)) {
    for (const item of typeof value === 'object' ? value : [value])
      parts.push(`${key}=${encode(String(item))}`)
  }
  return parts.join('&')
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
