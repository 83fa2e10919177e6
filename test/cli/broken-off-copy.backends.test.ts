import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { constants } from 'node:os'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { stringify } from 'yaml'
import { MlflowWriter } from '../conformance/mlflow-writer.ts'
import { requireBackend } from '../environment/require-backend.ts'
import { type StallingProxy, startStallingProxy } from '../gateway/stalling-proxy.ts'
import { startModelgate } from './run-modelgate.ts'

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('a copy that is broken off by %s', (signal) => {
  const name = `broken-off-${randomUUID().slice(0, 8)}`
  let from: MlflowWriter
  let to: MlflowWriter
  let proxy: StallingProxy

  beforeAll(async () => {
    requireBackend('mlflow 3.17.2')
    requireBackend('mlflow 2.22.4')
    const { url } = inject('mlflow')['3.17.2']
    from = new MlflowWriter(url)
    to = new MlflowWriter(inject('mlflow')['2.22.4'].url)
    proxy = await startStallingProxy(url, 3_000_000)
    const { experiment_id } = await from.post('experiments/create', { name })
    const { run } = await from.post('runs/create', { experiment_id })
    const { run_id, artifact_uri } = (run as { info: { run_id: string; artifact_uri: string } }).info
    const path = `${experiment_id}/${run_id}/artifacts/model/weights.bin`
    const stored = await fetch(`${url}/api/2.0/mlflow-artifacts/artifacts/${path}`, {
      method: 'PUT',
      body: Buffer.alloc(8_000_000, 1),
    })
    expect(stored.ok).toBe(true)
    // A copy's run takes over how its origin's ended.
    await from.post('runs/update', { run_id, status: 'FINISHED', end_time: 1_760_000_000_000 })
    await from.post('registered-models/create', { name })
    await from.post('model-versions/create', { name, source: `${artifact_uri}/model`, run_id })
  })
  afterAll(() => proxy?.close())

  const copy = () =>
    startModelgate(['copy', `models://from/${name}/1`, `models://to/${name}`, '--artifacts', 'copy'], {
      'modelgate.yaml': stringify({
        environments: ['dev'],
        registries: [
          { name: 'from', adapter: 'mlflow', environment: 'dev', url: proxy.url },
          { name: 'to', adapter: 'mlflow', environment: 'dev', url: inject('mlflow')['2.22.4'].url },
        ],
      }),
    })

  it('takes back what it has copied and says so, and the same command again makes the copy', async () => {
    const child = copy()
    const said = Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
    await proxy.stalled
    child.kill(signal)
    const [stdout, stderr, [code]] = await said
    expect(stdout).toBe('')
    expect(stderr).toMatch(
      /^Breaking off: .*\nBROKEN_OFF: The copy was broken off .*\nNothing was written\. .*\nFinish it with --idempotency-key \S+\n$/,
    )
    expect(code).toBe(128 + constants.signals[signal])
    expect(await statusOf(name)).toBe(404)
    expect(await runsOfCopies()).toEqual([])

    proxy.heal()
    const again = copy()
    const [printed] = await Promise.all([text(again.stdout), once(again, 'exit')])
    expect(printed).toContain(`models://to/${name}/1 is a copy of models://from/${name}/1`)
    expect(await runsOfCopies()).toEqual(['FINISHED'])
  })

  async function statusOf(model: string): Promise<number> {
    const { url } = inject('mlflow')['2.22.4']
    return (await fetch(`${url}/api/2.0/mlflow/registered-models/get?name=${model}`)).status
  }

  async function runsOfCopies(): Promise<string[]> {
    const { url } = inject('mlflow')['2.22.4']
    const answer = await fetch(`${url}/api/2.0/mlflow/experiments/get-by-name?experiment_name=modelgate`)
    if (!answer.ok) return []
    const { experiment } = (await answer.json()) as { experiment: { experiment_id: string } }
    const { runs = [] } = (await to.post('runs/search', {
      experiment_ids: [experiment.experiment_id],
      filter: `tags.\`modelgate.origin\` = 'models://from/${name}/1'`,
      run_view_type: 'ACTIVE_ONLY',
    })) as { runs?: readonly { readonly info: { readonly status: string } }[] }
    return runs.map(({ info }) => info.status)
  }
})
