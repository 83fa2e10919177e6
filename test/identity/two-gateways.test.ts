import { onTestFinished } from 'vitest'
import { createFileSource } from '../state/database-source.ts'
import { describeTwoGateways } from './two-gateways-suite.ts'

describeTwoGateways(async () => {
  const databases = createFileSource()
  onTestFinished(() => databases.dispose())
  return databases.createUrl()
})
