/** What the server says to a write that it does not take. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

/** Plain requests to an MLflow server, as its own client would send them. */
export class MlflowWriter {
  readonly #url: string
  readonly #files: string

  constructor(url: string) {
    this.#url = `${url}/api/2.0/mlflow/`
    this.#files = `${url}/api/2.0/mlflow-artifacts/artifacts/`
  }

  get(path: string, query: Record<string, string>): Promise<Record<string, unknown>> {
    return this.#send('GET', `${path}?${new URLSearchParams(query)}`)
  }

  post(path: string, body: object): Promise<Record<string, unknown>> {
    return this.#send('POST', path, body)
  }

  delete(path: string, body: object): Promise<Record<string, unknown>> {
    return this.#send('DELETE', path, body)
  }

  /** @param root of the server's own artifact store, `mlflow-artifacts:/…`. */
  async putFile(root: string, path: string, bytes: string): Promise<void> {
    const place = `${root.replace(/^mlflow-artifacts:\/*/, '')}/${path}`
    const response = await fetch(this.#files + place, { method: 'PUT', body: bytes })
    if (!response.ok) throw new Error(`PUT ${place} answered ${response.status}`)
  }

  async #send(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const response = await fetch(this.#url + path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (response.ok) return JSON.parse(text)
    if (response.status === 400) throw new Refused(JSON.parse(text).message)
    throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 300)}`)
  }
}
