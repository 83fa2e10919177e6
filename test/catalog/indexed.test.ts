import { expect, it } from 'vitest'
import { openGateway } from '../gateway/open-gateway.ts'

it('is read after the start by itself, and answers INDEXED as LIVE', async () => {
  const gateway = await openGateway({ catalog: { syncEvery: '1s' } }, { empty: true })
  try {
    for (const name of ['churn', 'fraud', 'risk']) {
      await gateway.data(
        `mutation { createModel(input: { registry: "dev", name: "${name}", tags: [{ key: "team", value: "a" }] }) { model { name } } }`,
      )
      await gateway.data(
        `mutation { createModelVersion(input: { model: { key: { registry: "dev", name: "${name}" } }, source: "s3://b/${name}" }) { modelVersion { version } } }`,
      )
    }
    await expect
      .poll(
        async () =>
          (await gateway.data('{ registry(name: "dev") { catalog { state models versions lagMs } } }'))
            .registry.catalog,
        {
          timeout: 8000,
        },
      )
      .toMatchObject({ state: 'OK', models: 3, versions: 3 })
    await gateway.data(
      'mutation { setAlias(input: { model: { key: { registry: "dev", name: "churn" } }, alias: "champion", version: "1" }) { alias { name } } }',
    )
    const query = (read: string) => `{
      models(registries: ["dev"], read: ${read}) {
        complete sources { state error { message } } nodes { name tags { key value } aliases { name versionNumber } updatedAt versions { nodes { version source updatedAt aliases { name } } } latestVersion { version } }
      }
      modelVersions(registries: ["dev"], read: ${read}, where: { alias: { eq: "champion" } }) { nodes { version model { name } } }
    }`
    const indexed = await gateway.ask(query('INDEXED'))
    expect(indexed).toEqual(await gateway.ask(query('LIVE')))
    expect(indexed.data.models.nodes).toHaveLength(3)
  } finally {
    await gateway.close()
  }
}, 30_000)
