import { afterAll, beforeAll, inject } from 'vitest'
import { rounds } from '../environment/rounds.ts'
import { providedPostgres } from '../state/provided-postgres.ts'
import { describeHistory } from './history-suite.ts'
import { postgresDatabase, sqliteFile } from './shared-databases.ts'
import { localTarget, mlflowTarget } from './targets.ts'

const source = providedPostgres()
let url: string
beforeAll(async () => {
  url = await source.createUrl()
})
afterAll(() => source.dispose())

describeHistory('one PostgreSQL', {
  rounds: rounds(1, 8),
  openDatabase: () => postgresDatabase(url),
  openTarget: localTarget,
})

describeHistory('MLflow', {
  rounds: rounds(1, 3),
  // It takes a thousand requests to play all, which is long for one MLflow; and a model that is being renamed MLflow
  // itself reads in pieces: the version is there, and its tags are not.
  only: rounds(['founding'], ['pointing', 'promoting', 'founding', 'describing', 'copying']),
  openDatabase: sqliteFile,
  openTarget: () => mlflowTarget(inject('mlflow')['3.17.2'].url),
})
