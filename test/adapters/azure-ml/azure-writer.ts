import type { AnyJson } from '../../environment/any-json.ts'
/** Plain requests to the double, as another program would send them. */
export class AzureWriter {
  readonly #url: string

  /** @param path of the workspace or registry. */
  constructor(url: string, path: string) {
    this.#url = `${url}${path}`
  }

  put(path: string, properties: object): Promise<AzureResource> {
    return this.#send('PUT', path, { properties })
  }

  get(path: string): Promise<AzureResource> {
    return this.#send('GET', path)
  }

  delete(path: string): Promise<unknown> {
    return this.#send('DELETE', path)
  }

  async #send(method: string, path: string, body?: object): Promise<AzureResource> {
    const response = await fetch(`${this.#url}/${path}?api-version=2024-04-01`, {
      method,
      headers: { authorization: 'Bearer another-writer', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 300)}`)
    return text === '' ? {} : JSON.parse(text)
  }
}

interface AzureResource {
  name?: string
  /** Of a list. */
  value?: AnyJson
  properties?: AnyJson
  systemData?: { createdAt: string; lastModifiedAt: string }
}
