import { RegistryError } from '../../contract/index.ts'

/** Sent as it is, such a path would lead out of the one that the configuration names, credentials and all. */
export function refuseWayOut(path: string): void {
  const [names = ''] = path.split(/[?#]/)
  if (!names.split(/[/\\]/).some((name) => /^(\.|%2e){1,2}$/i.test(name))) return
  const message = 'A path holds "." or "..", which is not sent, as it would lead elsewhere.'
  throw new RegistryError('BAD_USER_INPUT', message, { nothingWritten: true })
}
