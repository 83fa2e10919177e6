import { onTestFinished } from 'vitest'
import { providedPostgres } from '../state/provided-postgres.ts'
import { describeResuming } from './resuming-suite.ts'

describeResuming('one PostgreSQL', async () => {
  const databases = providedPostgres()
  onTestFinished(() => databases.dispose())
  return databases.createUrl()
})
