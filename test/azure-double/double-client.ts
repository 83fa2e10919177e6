import type { AnyJson } from '../environment/any-json.ts'
import type { AzureDouble } from './azure-double.ts'
import { provider } from './resource-scope.ts'

export interface DoubleResponse {
  status: number
  headers: Headers
  text: string
  body: AnyJson
}

interface RequestOptions {
  body?: unknown
  headers?: Record<string, string>
  /** Null for a request without one. */
  token?: string | null
}

/** One request to a double over plain HTTP, below a workspace or registry or at a whole path. */
export const request = async (
  double: AzureDouble,
  method: string,
  path: string,
  { body, headers = {}, token = 'any' }: RequestOptions = {},
): Promise<DoubleResponse> => {
  const response = await fetch(new URL(path, double.url), {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') && text !== ''
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? JSON.parse(text) : undefined,
  }
}

interface ScopeClient {
  path: string
  send(method: string, below: string, options?: RequestOptions): Promise<DoubleResponse>
  /** Puts a version with a `modelUri` of its own. */
  putVersion(model: string, version: string, properties?: object): Promise<DoubleResponse>
}

export const modelUri = 'azureml://subscriptions/s/resourceGroups/g/workspaces/w/datastores/d/paths/model'

/** Requests below one workspace or registry, e.g. `workspaces/w`. */
export const scopeClient = (double: AzureDouble, scope: string, apiVersion = '2024-04-01'): ScopeClient => {
  const path = `/subscriptions/s/resourceGroups/g/providers/${provider}/${scope}`
  const send: ScopeClient['send'] = (method, below, options) => {
    const join = below.includes('?') ? '&' : '?'
    return request(double, method, `${path}/${below}${join}api-version=${apiVersion}`, options)
  }
  return {
    path,
    send,
    putVersion: (model, version, properties = {}) =>
      send('PUT', `models/${model}/versions/${version}`, {
        body: { properties: { modelUri, ...properties } },
      }),
  }
}

/** Every row of a list, over all its pages. */
export const readAll = async (double: AzureDouble, first: DoubleResponse): Promise<AnyJson[]> => {
  const rows = [...first.body.value]
  let next: string | undefined = first.body.nextLink
  while (next !== undefined) {
    const page = await request(double, 'GET', next)
    rows.push(...page.body.value)
    next = page.body.nextLink
  }
  return rows
}
