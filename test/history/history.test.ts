import { afterAll, beforeAll } from 'vitest'
import { type AzureDouble, startAzureDouble } from '../azure-double/azure-double.ts'
import { rounds } from '../environment/rounds.ts'
import { describeHistory } from './history-suite.ts'
import { sqliteFile } from './shared-databases.ts'
import { azureTarget, localTarget } from './targets.ts'

let double: AzureDouble
beforeAll(async () => {
  double = await startAzureDouble()
})
afterAll(() => double.close())

describeHistory('one SQLite file', {
  rounds: rounds(2, 8),
  openDatabase: sqliteFile,
  openTarget: localTarget,
})

describeHistory('Azure ML', {
  rounds: rounds(1, 20),
  openDatabase: sqliteFile,
  openTarget: () => azureTarget(double.url),
})
