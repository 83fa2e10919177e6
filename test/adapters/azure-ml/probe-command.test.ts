import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { builtInAdapters, connectRegistry } from '../../../src/gateway/connect-registry.ts'
import { run } from '../../cli/sample-tools.ts'
import { doubleInUse } from './double-in-use.ts'
import { place, storage, workspacePath } from './open-registry.ts'

const azure = doubleInUse()
const log = pino({ level: 'silent' })
const modelUri = `${storage}/models/1`

const noDatabase = async () => {
  throw new Error('no registry here needs a database')
}

function check(...args: string[]) {
  const { subscriptionId, resourceGroup, workspace } = place
  const connection = { subscriptionId, resourceGroup, workspace, endpoint: azure.double.url }
  const common = { name: 'fraud', environment: 'prod', adapter: 'azureml', timeoutMs: 20_000 }
  const registry = { ...common, ...connection, auth: { token: 'a-token' } }
  return run(['check', '--registry', 'fraud', '--probe', '--json', ...args], {
    config: JSON.stringify({ environments: ['prod'], registries: [registry] }),
    builtIns: builtInAdapters,
    createConnector: () => ({
      connect: (found) => connectRegistry(found, noDatabase, log),
      cleanUps: async () => null,
      close: async () => {},
    }),
  })
}

interface Step {
  readonly step: string
  readonly state: string
  readonly detail: string
  readonly requests: number
}

const stepsOf = (stdout: string): Step[] => JSON.parse(stdout).steps
const writes = () => azure.double.log.requests.filter(({ method }) => method !== 'GET')

describe('check --probe of a workspace', () => {
  it('tells what was found by reading, and writes nothing', async () => {
    await azure.writer.put('models/m/versions/1', { modelUri })
    azure.double.log.reset()
    const { code, stdout } = await check()
    expect(code).toBe(0)
    const own = stepsOf(stdout).slice(-5)
    expect(own.map(({ step, state, requests }) => [step, state, requests])).toEqual([
      ['look at the workspace itself', 'ok', 1],
      ['list the versions of a model that is not there', 'ok', 1],
      ['ask for 100 versions on a page', 'ok', 2],
      ['list the versions of an archived model', 'ok', 1],
      ['ask for one model on a page', 'ok', 1],
    ])
    expect(own[1]?.detail).toBe('an empty list: the adapter takes that and 404')
    expect(writes()).toEqual([])
  })

  it('tries the rest with --write, on models of its own', async () => {
    await azure.writer.put('models/m/versions/1', { modelUri, jobName: 'training' })
    await azure.writer.put('jobs/training', { jobType: 'Command' })
    const before = await azure.writer.get('models/m/versions/1')
    azure.double.log.reset()
    const { code, stdout } = await check('--write', '--source', modelUri)
    const steps = stepsOf(stdout)
    expect(steps.filter(({ state }) => state === 'WRONG')).toEqual([])
    expect(code).toBe(0)
    expect(steps.slice(-10).map(({ step }) => step)).toEqual([
      'leave a tag out of a PUT',
      'write tags as long as they may be',
      'write a version without its stage',
      'change where the files of a version are',
      "make a version of another one's files",
      'delete the highest version',
      "make a version of a job's output",
      'wait until a list shows what was written',
      'archive a model that has versions',
      'delete what the probes have made',
    ])
    expect(steps.at(-1)?.detail).toMatch(/^4 versions are gone, and so is the model/)
    const elsewhere = writes().filter(
      ({ path }) => !path.startsWith(`${workspacePath}/models/modelgate-probe-`),
    )
    expect(elsewhere).toEqual([])
    expect(await azure.writer.get('models/m/versions/1')).toEqual(before)
  })

  it('fails when the adapter cannot clean up, and says what is left', async () => {
    azure.double.set({ faults: [{ kind: 'authorizationFailed', method: 'DELETE' }] })
    const { code, stdout } = await check('--write', '--source', modelUri)
    expect(code).toBe(1)
    expect(stepsOf(stdout).at(-1)).toMatchObject({
      step: 'delete what the probes have made',
      state: 'WRONG',
      detail: expect.stringMatching(/^REGISTRY_ERROR: Of "modelgate-probe-\w+" is left behind: version 1 \(/),
    })
  })
})
