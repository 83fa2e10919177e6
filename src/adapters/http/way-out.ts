import { RegistryError } from '../../contract/index.ts'

/** Sent as it is, such a path would lead out of the one that the configuration names, credentials and all. */
export function refuseWayOut(path: string): void {
  if (!leadsOut(path)) return
  const message = 'A path holds "." or "..", which is not sent, as it would lead elsewhere.'
  throw new RegistryError('BAD_USER_INPUT', message, { nothingWritten: true })
}

/** Also where the slashes before and after are encoded, as servers and proxies may decode them before they look. */
export function leadsOut(path: string): boolean {
  const [names = ''] = path.split(/[?#]/)
  return names.split(/[/\\]|%2f|%5c/i).some((name) => /^(\.|%2e){1,2}$/i.test(name))
}
