import type { AuthConfig, TlsConfig } from './connection-config.ts'

export function authHeaders(auth: AuthConfig | undefined): Record<string, string> {
  if (auth?.basic) {
    const { username, password } = auth.basic
    return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` }
  }
  if (auth?.bearer !== undefined) return { authorization: `Bearer ${auth.bearer}` }
  return auth?.headers ?? {}
}

/** What must not come back in the words of a server. */
export function secretsOf(auth: AuthConfig | undefined): string[] {
  const sent = Object.values(authHeaders(auth)).map((header) => header.replace(/^(Basic|Bearer) /, ''))
  return auth?.basic ? [...sent, auth.basic.password] : sent
}

export function tlsOptions(tls: TlsConfig | undefined) {
  return {
    ...(tls?.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls?.cert === undefined ? {} : { cert: tls.cert }),
    ...(tls?.key === undefined ? {} : { key: tls.key }),
    ...(tls?.servername === undefined ? {} : { servername: tls.servername }),
    ...(tls?.insecureSkipVerify === true ? { rejectUnauthorized: false } : {}),
  }
}
