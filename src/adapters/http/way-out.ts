import { RegistryError } from '../../contract/index.ts'

/** Sent as it is, such a path would lead out of the one that the configuration names, credentials and all. */
export function refuseWayOut(path: string): void {
  if (!leadsOut(path)) return
  const message = 'A path holds "." or "..", which is not sent, as it would lead elsewhere.'
  throw new RegistryError('BAD_USER_INPUT', message, { nothingWritten: true })
}

/** Of what stands before a query, a part that is "." or "..", in whatever way it is written. */
const wayOut = /^[^?#]*?(?:^|[/\\]|%2f|%5c)(?:\.|%2e){1,2}(?:$|[/\\?#]|%2f|%5c)/i

/** Also where the slashes before and after are encoded, as servers and proxies may decode them before they look. */
export function leadsOut(path: string): boolean {
  return wayOut.test(path)
}
