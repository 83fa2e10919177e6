import assert from 'node:assert/strict'
import type { Adapter, ChangesPage } from '../../contract/index.ts'
import { type CheckContext, need } from '../check.ts'
import { quote } from './expectations.ts'

/** A feed that is not at its end by then may have none. */
const mostPages = 1000

export async function pageOfFeed(
  adapter: Adapter,
  cursor: string | null,
  call: CheckContext['call'],
): Promise<ChangesPage | null> {
  return need(adapter.changes, 'changes').since(cursor, call())
}

/** Where the feed is now. */
export async function startOfFeed({
  adapter,
  call,
}: Pick<CheckContext, 'adapter' | 'call'>): Promise<string> {
  const page = await pageOfFeed(adapter, null, call)
  assert.ok(page !== null, 'changes.since gave null for a null cursor')
  return page.cursor
}

/** All that it tells from there on, to its end. */
export async function followFeed(
  { adapter, call }: Pick<CheckContext, 'adapter' | 'call'>,
  from: string,
): Promise<{ readonly models: ReadonlySet<string>; readonly cursor: string }> {
  const models = new Set<string>()
  let cursor = from
  for (let pages = 0; pages < mostPages; pages++) {
    const page = await pageOfFeed(adapter, cursor, call)
    assert.ok(page !== null, `the feed does not know ${quote(cursor)}, which it gave just now`)
    assert.equal(new Set(page.models).size, page.models.length, `a page tells ${quote(page.models)}`)
    for (const model of page.models) models.add(model)
    if (!page.more) return { models, cursor: page.cursor }
    assert.notEqual(page.cursor, cursor, 'a page that says more does not go on')
    cursor = page.cursor
  }
  assert.fail(`the feed has not come to its end after ${mostPages} pages`)
}
