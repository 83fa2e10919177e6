import { SageMakerClient } from '@aws-sdk/client-sagemaker'
import type { Adapter, Call } from 'modelgate/adapter'
import { connectSagemaker } from '../src/registry.ts'

const region = 'eu-west-1'
export const credentials = { accessKeyId: 'AKIATESTONLY', secretAccessKey: 'only-for-tests' }
const log = { debug() {}, info() {}, warn() {}, error() {} }

/** As the gateway connects it. */
export function connectTo(endpoint: string): Adapter {
  return connectSagemaker({ region, endpoint, credentials, concurrency: 8 }, { registry: 'sagemaker', log })
}

/** What other users of SageMaker have. */
export function openSdk(endpoint: string): SageMakerClient {
  return new SageMakerClient({ region, endpoint, credentials, maxAttempts: 1 })
}

export function createCall(signal = new AbortController().signal): Call {
  return { signal, deadline: Date.now() + 60_000, caller: null, log, countRequest() {} }
}
