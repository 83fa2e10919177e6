import { inject } from 'vitest'
import { rounds } from '../environment/rounds.ts'
import { describeKilledGateway } from './killed-gateway-suite.ts'

const kills = { ofOneWrite: rounds(2, 15), ofManyWriters: rounds(1, 5) }

describeKilledGateway('MLflow', kills, async () => ({
  name: 'main',
  adapter: 'mlflow',
  environment: 'dev',
  url: inject('mlflow')['3.17.2'].url,
  timeoutMs: 20_000,
}))
