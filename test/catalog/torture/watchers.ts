import { setTimeout as wait } from 'node:timers/promises'
import type { Answer } from '../../gateway/open-gateway.ts'
import type { Door } from '../../history/history.ts'
import { readRows } from './registry-content.ts'
import type { Names } from './writers.ts'

/** Reads the catalog again and again: what is always there is in each of its answers. Answers how many there were. */
export async function watchSteady(
  door: Pick<Door, 'ask'>,
  prefix: string,
  { steady }: Names,
  { stop, wrong }: { readonly stop: AbortSignal; readonly wrong: string[] },
): Promise<number> {
  let answers = 0
  while (!stop.aborted) {
    // One that is killed, or is starting, answers nothing.
    const read = await readRows(door, 'INDEXED', prefix).catch(() => null)
    if (read !== null && read.state !== 'SKIPPED') {
      answers++
      for (const name of steady) {
        const versions = read.nodes.find((row) => row.name === name)?.versions.nodes.length
        if (versions !== 2) wrong.push(`INDEXED has ${versions ?? 'no model and no'} versions of ${name}`)
      }
    }
    await wait(100)
  }
  return answers
}

const changes = `query ($since: String) {
  changes(since: $since, first: 20) { nodes { id kind model at } pageInfo { endCursor hasNextPage } } }`

/** Follows the log by its cursors, over all kills, until it has seen the end after it was told to stop. */
export async function followLog(door: Pick<Door, 'ask'>, stop: AbortSignal): Promise<string[]> {
  const ids: string[] = []
  let since: string | null = null
  for (;;) {
    const isLast = stop.aborted
    const options = { signal: AbortSignal.timeout(10_000), headers: {} }
    const answer = (await door.ask(changes, { since }, options).catch(() => null)) as Answer | null
    const page = answer?.errors ? null : answer?.data?.changes
    if (page) {
      ids.push(...page.nodes.map(({ id }: { id: string }) => id))
      since = page.pageInfo.endCursor ?? since
      if (isLast && !page.pageInfo.hasNextPage) return ids
    }
    if (!page?.pageInfo.hasNextPage) await wait(150)
  }
}
