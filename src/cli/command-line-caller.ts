import { userInfo } from 'node:os'
import { commandLinePrefix } from '../config/command-line-prefix.ts'
import type { Caller } from '../contract/index.ts'

/**
 * Whoever runs a command over a configuration, which has the credentials of all registries: an administrator. No issuer
 * gives names that begin like this.
 */
export function commandLineCaller(): Caller {
  return { principal: `user:${commandLinePrefix}${loginName()}`, groups: [] }
}

function loginName(): string {
  try {
    return userInfo().username
  } catch {
    // A user without an entry, as in containers.
    return String(process.getuid?.() ?? 'unknown')
  }
}
