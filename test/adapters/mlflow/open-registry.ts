import { mlflowAdapter } from '../../../src/adapters/mlflow/adapter.ts'
import { type MlflowConfig, mlflowConfigSchema } from '../../../src/adapters/mlflow/config.ts'
import type { Adapter, Call, Logger } from '../../../src/contract/index.ts'

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} }

export async function openRegistry(
  url: string,
  options: Partial<Omit<MlflowConfig, 'url'>> = {},
): Promise<Adapter> {
  const config = mlflowConfigSchema.parse({ url, ...options })
  return mlflowAdapter.connect(config, { registry: 'tested', log: silent })
}

export interface CountedCall extends Call {
  readonly requests: number
}

/** A call that counts what was sent for it. */
export function newCall(signal: AbortSignal = AbortSignal.timeout(20_000)): CountedCall {
  let requests = 0
  return {
    signal,
    deadline: Date.now() + 20_000,
    caller: null,
    log: silent,
    countRequest: () => {
      requests++
    },
    get requests() {
      return requests
    },
  }
}
