import { rounds } from '../environment/rounds.ts'
import { describeFreshReads } from './fresh-reads-suite.ts'

describeFreshReads('a local registry', rounds(10, 200), async () => ({
  name: 'main',
  adapter: 'local',
  environment: 'dev',
}))
