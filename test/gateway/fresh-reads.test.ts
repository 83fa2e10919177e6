import { rounds } from '../environment/rounds.ts'
import { describeFreshReads } from './fresh-reads-suite.ts'

const local = async () => ({ name: 'main', adapter: 'local', environment: 'dev' })

describeFreshReads('a local registry', rounds(10, 200), local)
describeFreshReads('a local registry whose answers are kept', rounds(10, 200), local, {
  server: { port: 0, answersKeptMs: 10_000 },
})
