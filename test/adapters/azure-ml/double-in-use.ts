import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Adapter } from '../../../src/contract/index.ts'
import { type AzureDouble, startAzureDouble } from '../../azure-double/azure-double.ts'
import { AzureWriter } from './azure-writer.ts'
import { openAzure, openOrganisation, registryPath, workspacePath } from './open-registry.ts'

export interface DoubleInUse {
  readonly double: AzureDouble
  /** Another program that uses the same workspace. */
  readonly writer: AzureWriter
  readonly registryWriter: AzureWriter
  open(options?: object): Promise<Adapter>
  openOrganisation(options?: object): Promise<Adapter>
}

/** A double for the tests of a file, as new for each of them. */
export function doubleInUse(): DoubleInUse {
  let double: AzureDouble
  const opened: Adapter[] = []
  const note = (adapter: Adapter) => {
    opened.push(adapter)
    return adapter
  }
  beforeAll(async () => {
    double = await startAzureDouble()
  })
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((adapter) => adapter.close()))
    double.reset()
  })
  afterAll(() => double.close())
  return {
    get double() {
      return double
    },
    get writer() {
      return new AzureWriter(double.url, workspacePath)
    },
    get registryWriter() {
      return new AzureWriter(double.url, registryPath)
    },
    open: async (options) => note(await openAzure(double.url, options)),
    openOrganisation: async (options) => note(await openOrganisation(double.url, options)),
  }
}
