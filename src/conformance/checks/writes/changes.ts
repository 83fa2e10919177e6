import assert from 'node:assert/strict'
import { type WriteBench, writeCheck } from '../../bench/write-bench.ts'
import { type Check, need } from '../../check.ts'
import { everyWrite, type WriteTargets } from '../../expectations/every-write.ts'
import { quote } from '../../expectations/expectations.ts'
import { followFeed, startOfFeed } from '../../expectations/followed-feed.ts'
import { createTargets } from '../../fixture/version-makers.ts'

const source = 'modelgate/adapter: ChangeReads.since'

/** Writes that need not change anything. */
const idle = ['imports.begin', 'models.takeBack']

/** The names under which what the write changes is known before it and after it. */
function namesOf(operation: string, { version, newName, otherName }: WriteTargets): readonly string[] {
  switch (operation) {
    case 'models.create':
    case 'models.delete':
      return [newName]
    case 'models.rename':
      return [version.model, otherName]
    default:
      return [version.model]
  }
}

function assertTold(told: ReadonlySet<string>, names: readonly string[], what: string): void {
  const missing = names.filter((name) => !told.has(name))
  assert.deepEqual(missing, [], `${what}: the feed does not tell of these; it tells of ${quote([...told])}`)
}

/** Asks the feed after each write, as what is written later would hide what it passes over. */
async function checkWrites(bench: WriteBench, isAsked: (operation: string) => boolean): Promise<void> {
  const targets = await createTargets(bench)
  let cursor = await startOfFeed(bench)
  for (const [operation, write] of everyWrite(bench.adapter, targets)) {
    await write(bench.call())
    const { models, cursor: next } = await followFeed(bench, cursor)
    if (isAsked(operation)) assertTold(models, namesOf(operation, targets), operation)
    cursor = next
  }
}

/** They change what a model is called, or whether it is there. */
const ends = ['models.rename', 'models.delete']

export const changeChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-WCHANGE-001',
    level: 'MUST',
    title: 'A feed of changes tells of every write, by the name of its model',
    needs: ['changes'],
    source,
    why: 'What it passes over stays wrong in the catalog until the registry is read whole.',
    run: (bench) => checkWrites(bench, (operation) => ![...idle, ...ends].includes(operation)),
  }),
  writeCheck({
    id: 'MG-WCHANGE-002',
    level: 'MUST',
    title: 'Of a renamed model a feed of changes tells both names, and of a deleted one its own',
    needs: ['changes'],
    source,
    why: 'A name that nobody has any more is found to be gone only by who asks for it.',
    async run(bench) {
      need([bench.writes.models.rename, bench.writes.models.delete].find(Boolean), 'way to end a model')
      await checkWrites(bench, (operation) => ends.includes(operation))
    },
  }),
  writeCheck({
    id: 'MG-WCHANGE-003',
    level: 'MUST',
    title: 'A feed of changes tells of many models at once, each by one of its pages',
    needs: ['changes'],
    source,
    why: 'What lies between two pages is told by none of them.',
    async run(bench) {
      const cursor = await startOfFeed(bench)
      const names: string[] = []
      for (let index = 0; index < 10; index++)
        names.push(await bench.createModel({ name: bench.name(`-${index}`) }))
      assertTold((await followFeed(bench, cursor)).models, names, 'ten models one after the other')
    },
  }),
  writeCheck({
    id: 'MG-WCHANGE-004',
    level: 'MUST',
    title: 'A feed of changes passes over none of those that end while it is read, whoever began first',
    needs: ['changes'],
    source,
    why: 'One that gets its number before it is there is passed over by who has seen a higher one.',
    async run(bench) {
      let cursor = await startOfFeed(bench)
      const told = new Set<string>()
      const follow = async () => {
        const page = await followFeed(bench, cursor)
        cursor = page.cursor
        for (const model of page.models) told.add(model)
      }
      const names = Array.from({ length: 8 }, (_, index) => bench.name(`-${index}`))
      let following = Promise.resolve()
      const creating = names.map(async (name) => {
        await bench.createModel({ name })
        following = following.then(follow)
        await following
      })
      await Promise.all(creating)
      await follow()
      assertTold(told, names, 'eight models at once')
    },
  }),
]
