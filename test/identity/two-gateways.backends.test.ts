import { onTestFinished } from 'vitest'
import { providedPostgres } from '../state/provided-postgres.ts'
import { describeTwoGateways } from './two-gateways-suite.ts'

describeTwoGateways(async () => {
  const databases = providedPostgres()
  onTestFinished(() => databases.dispose())
  return databases.createUrl()
})
