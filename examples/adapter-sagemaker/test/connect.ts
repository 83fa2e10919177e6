import { SageMaker } from '@aws-sdk/client-sagemaker'
import type { Adapter, Call } from 'modelgate/adapter'
import sagemaker from '../src/index.ts'

const region = 'eu-west-1'
export const credentials = { accessKeyId: 'AKIATESTONLY', secretAccessKey: 'only-for-tests' }
const log = { debug() {}, info() {}, warn() {}, error() {} }

/** As the gateway connects it. */
export async function connectTo(endpoint: string): Promise<Adapter> {
  return sagemaker.connect({ region, endpoint, credentials, concurrency: 8 }, { registry: 'sagemaker', log })
}

/** What other users of SageMaker have. */
export function openSdk(endpoint: string): SageMaker {
  return new SageMaker({ region, endpoint, credentials, maxAttempts: 1 })
}

export function createCall(countRequest = () => {}): Call {
  return {
    signal: new AbortController().signal,
    deadline: Date.now() + 60_000,
    caller: null,
    log,
    countRequest,
  }
}
