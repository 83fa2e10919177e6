export function explainRefusal(host: string): string {
  return (
    `Not listening on ${host}: without auth in the configuration, anyone who reaches the port can read ` +
    'and write every registry with its credentials. Write auth: {} and make a token with modelgate token create, ' +
    'listen on 127.0.0.1, or add --unsafe-no-auth when something in front keeps strangers out.'
  )
}

export function explainMissingUrl(host: string): string {
  return (
    `Not listening on ${host}: auth.login needs server.publicUrl, the address that browsers use; write for example ` +
    'publicUrl: https://models.example.com'
  )
}

/** Why the gateway could not listen, and what to do; `null` when the error is about something else. */
export function explainListenError(error: unknown, host: string, port: number): string | null {
  switch (errorCodeOf(error)) {
    case 'EADDRINUSE':
      return `Port ${port} of ${host} is taken; stop what listens there, or choose another with --port or server.port.`
    case 'EACCES':
      return `Port ${port} of ${host} may not be used by this user; choose one above 1023 with --port or server.port.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} is no address of this machine; correct --host or server.host.`
    default:
      return null
  }
}

function errorCodeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  const { code, syscall } = error as NodeJS.ErrnoException
  const isListening = syscall === 'listen' || syscall === 'bind' || syscall === 'getaddrinfo'
  return isListening && code !== undefined ? code : errorCodeOf(error.cause)
}
