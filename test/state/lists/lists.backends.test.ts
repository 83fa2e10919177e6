import { inject } from 'vitest'
import { rounds } from '../../environment/rounds.ts'
import { createPostgresSource } from '../database-source.ts'
import { describeLists } from './lists-suite.ts'

describeLists(createPostgresSource(inject('postgresUrl')), rounds(1, 20))
