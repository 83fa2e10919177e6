import { afterAll } from 'vitest'
import { rounds } from '../environment/rounds.ts'
import { providedPostgres } from '../state/provided-postgres.ts'
import { describeSyncTorture } from './sync-torture-suite.ts'

const postgres = providedPostgres()
afterAll(() => postgres.dispose())

describeSyncTorture(postgres, rounds(1, 10))
