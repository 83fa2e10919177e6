import { rounds } from '../environment/rounds.ts'
import { describeKilledGateway } from './killed-gateway-suite.ts'

const kills = { ofOneWrite: rounds(3, 50), ofManyWriters: rounds(2, 10) }

describeKilledGateway('a local registry', kills, async () => ({
  name: 'main',
  adapter: 'local',
  environment: 'dev',
}))
