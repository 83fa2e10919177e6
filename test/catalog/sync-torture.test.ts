import { afterAll } from 'vitest'
import { rounds } from '../environment/rounds.ts'
import { createFileSource } from '../state/database-source.ts'
import { describeSyncTorture } from './sync-torture-suite.ts'

const source = createFileSource()
afterAll(() => source.dispose())

describeSyncTorture(source, rounds(2, 30))
