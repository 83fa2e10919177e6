import { describeWrites } from './writes-suite.ts'

describeWrites('writes to a local registry on SQLite', async () => ({
  environments: ['dev'],
  registries: [{ name: 'main', adapter: 'local', environment: 'dev' }],
}))
