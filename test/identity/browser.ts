/** As much of a browser as signing in takes: it keeps cookies for each host and path, follows redirects and sends forms. */
export class PlainBrowser {
  readonly #stopsAt: string | null
  readonly #cookies: { name: string; value: string; host: string; path: string; attributes: string }[] = []

  /** @param stopsAt the beginning of addresses that it is not sent on to, as nothing answers there. */
  constructor(stopsAt: string | null = null) {
    this.#stopsAt = stopsAt
  }

  async open(url: string, init: RequestInit = {}): Promise<{ url: string; status: number; text: string }> {
    let target = new URL(url)
    let options = init
    for (let step = 0; step < 20; step++) {
      const response = await fetch(target, {
        ...options,
        redirect: 'manual',
        headers: { ...(options.headers as Record<string, string>), cookie: this.cookieFor(target.href) },
      })
      this.#keep(target, response)
      const location = response.headers.get('location')
      if (response.status < 300 || response.status > 399 || location === null) {
        return { url: target.href, status: response.status, text: await response.text() }
      }
      target = new URL(location, target)
      if (this.#stopsAt !== null && target.href.startsWith(this.#stopsAt)) {
        return { url: target.href, status: response.status, text: '' }
      }
      options = {}
    }
    throw new Error('It is sent on for ever.')
  }

  /** Fills in the fields of the form on a page, and sends it. */
  submit({ url, text }: { url: string; text: string }, fields: Record<string, string>) {
    const [, action = ''] = /<form[^>]*action="([^"]+)"/.exec(text) ?? []
    const hidden = [...text.matchAll(/<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)]
    const all = { ...Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value])), ...fields }
    return this.open(new URL(action, url).href, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(all).toString(),
    })
  }

  cookieFor(url: string): string {
    const { host, pathname } = new URL(url)
    return this.#cookies
      .filter((cookie) => cookie.host === host && pathname.startsWith(cookie.path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
  }

  attributesOf(name: string): string {
    return this.#cookies.find((cookie) => cookie.name === name)?.attributes ?? ''
  }

  #keep({ host }: URL, response: Response): void {
    for (const header of response.headers.getSetCookie()) {
      const [, name = '', value = '', attributes = ''] = /^([^=]+)=([^;]*)(.*)$/.exec(header) ?? []
      const [, path = '/'] = /path=([^;]+)/i.exec(attributes) ?? []
      const others = this.#cookies.filter((cookie) => !(cookie.name === name && cookie.host === host))
      this.#cookies.splice(0, this.#cookies.length, ...others)
      // Longer ones are kept by no browser.
      const isKept = value !== '' && name.length + value.length <= 4096
      if (isKept && !/max-age=0/i.test(attributes)) {
        this.#cookies.push({ name, value, host, path, attributes })
      }
    }
  }
}

/** Signs in at the provider, from the gateway's own address for that. */
export async function signIn(browser: PlainBrowser, loginUrl: string, name: string) {
  const login = await browser.open(loginUrl)
  const consent = await browser.submit(login, { login: name, password: 'any' })
  return browser.submit(consent, {})
}
