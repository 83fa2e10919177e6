import type { Caller } from '../../contract/index.ts'

/** Who has not signed in is somebody too. */
export function toViewer(caller: Caller | null) {
  return { principal: caller?.principal ?? 'user:anonymous', groups: [...(caller?.groups ?? [])] }
}
