import type { GatewayFile, RegistryFile } from './gateway-schema.ts'

/** How a registry is kept in the catalog. Times are milliseconds. */
export interface CatalogConfig {
  readonly syncEveryMs: number
  readonly sweepEveryMs: number
  readonly runs: boolean
  readonly sizes: boolean
  readonly staleAfterMs: number
  readonly staleIfError: boolean
  /** Whether the registry itself asks for it, whatever credentials it is read with. */
  readonly isAskedFor: boolean
}

/** `null`: it is left out. */
export function toCatalogConfig(
  all: GatewayFile['catalog'],
  own: RegistryFile['catalog'],
): CatalogConfig | null {
  if (all === false || own === false) return null
  const { syncEvery, sweepEvery, staleAfter, runs, sizes, staleIfError } = {
    ...all,
    ...(typeof own === 'object' ? withoutUndefined(own) : {}),
  }
  return {
    syncEveryMs: toMilliseconds(syncEvery),
    sweepEveryMs: toMilliseconds(sweepEvery),
    staleAfterMs: toMilliseconds(staleAfter),
    runs,
    sizes,
    staleIfError,
    isAskedFor: own !== undefined,
  }
}

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

export function toMilliseconds(duration: string): number {
  return Number(duration.slice(0, -1)) * (units[duration.slice(-1)] ?? 0)
}

function withoutUndefined<T extends object>(values: T): { [K in keyof T]: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: NonNullable<T[K]>
  }
}
