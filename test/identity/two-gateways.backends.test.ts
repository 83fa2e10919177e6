import { inject, onTestFinished } from 'vitest'
import { createPostgresSource } from '../state/database-source.ts'
import { describeTwoGateways } from './two-gateways-suite.ts'

describeTwoGateways(async () => {
  const databases = createPostgresSource(inject('postgresUrl'))
  onTestFinished(() => databases.dispose())
  return databases.createUrl()
})
