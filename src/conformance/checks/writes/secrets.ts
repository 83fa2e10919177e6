import { type WriteBench, writeCheck } from '../../bench/write-bench.ts'
import type { Check } from '../../check.ts'
import { everyWrite } from '../../expectations/every-write.ts'
import { assertNoSecretInErrors } from '../../expectations/no-secret.ts'
import { createTargets } from '../../fixture/version-makers.ts'

type Refused = readonly (readonly [string, () => Promise<unknown>])[]

/** Names that are taken, holders and stages that are not the expected ones, and texts that few backends take. */
async function refusedWrites(bench: WriteBench): Promise<Refused> {
  const { writes, description } = bench
  const { version, stage } = await createTargets(bench)
  const other = await bench.createVersion(version.model)
  const taken = { name: version.model }
  const odd = 'x'.repeat(2_000)
  const stages = description.stages.filter((name) => name !== stage)
  return [
    ['models.create of a name that is taken', () => bench.createModel(taken)],
    ['models.create of a name that is none', () => bench.createModel({ name: bench.name(`\u0000${odd}`) })],
    ...(writes.models.setTags
      ? [['models.setTags of a key that is none', () => setOddTag(bench, version.model, odd)] as const]
      : []),
    [
      'versions.create from nowhere',
      () => bench.createVersion(version.model, { source: 'models:/none/none' }),
    ],
    ['versions.create from no URI', () => bench.createVersion(version.model, { source: '\u0000' })],
    ...(writes.aliases
      ? [
          ['aliases.set, held by another', () => bench.setAlias(other, 'held', other.version)] as const,
          ['aliases.set, held at all', () => bench.setAlias(other, 'held', null)] as const,
          ['aliases.set of a name that is none', () => bench.setAlias(other, odd)] as const,
          ['aliases.delete', () => bench.deleteAlias(version.model, 'held', other.version)] as const,
        ]
      : []),
    ...(writes.stages
      ? stages.map(
          (expected) =>
            [
              `stages.transition from ${expected}`,
              () => bench.transition(version, stage, { expected }),
            ] as const,
        )
      : []),
  ]
}

async function setOddTag({ writes, call }: WriteBench, model: string, key: string): Promise<void> {
  await writes.models.setTags?.(model, [{ key, value: '\u0000' }], call())
}

export const writeSecretChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-SECRET-005',
    level: 'MUST',
    title: 'No secret of the configuration is in what is said of a write that is refused',
    needs: ['secrets'],
    source: 'modelgate/adapter: RegistryError.message',
    why: 'A name that is taken and an alias that has moved are told to everybody who may write.',
    async run(bench) {
      for (const [what, write] of await refusedWrites(bench))
        await assertNoSecretInErrors(bench, what, write())
      const targets = {
        version: { model: bench.name('-none'), version: '99' },
        source: bench.source,
        stage: bench.description.stages.at(-1) ?? '',
        newName: bench.name('-new'),
        otherName: bench.name('-other'),
      }
      for (const [what, write] of everyWrite(bench.adapter, targets))
        await assertNoSecretInErrors(bench, `${what} of what is not there`, write(bench.call()))
    },
  }),
]
