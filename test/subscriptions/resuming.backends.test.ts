import { inject, onTestFinished } from 'vitest'
import { createPostgresSource } from '../state/database-source.ts'
import { describeResuming } from './resuming-suite.ts'

describeResuming('one PostgreSQL', async () => {
  const databases = createPostgresSource(inject('postgresUrl'))
  onTestFinished(() => databases.dispose())
  return databases.createUrl()
})
