import { expect, it } from 'vitest'
import { type KeptRegistry, SearchScope } from '../../src/federation/search/search-scope.ts'
import type { DocumentQuery, FoundDocument } from '../../src/words/word-index.ts'

it('looks at some hits to find those that may be seen, not at all there are', async () => {
  const limits: number[] = []
  const hit: FoundDocument = { id: 1, registryId: 7, model: 'm', version: null, isArchived: false, words: '' }
  const index = {
    models: async ({ limit }: DocumentQuery) => {
      limits.push(limit)
      return Array.from({ length: limit }, () => hit)
    },
  }
  const kept = { part: { id: 7 }, reach: { filter: null, admits: () => false } } as unknown as KeptRegistry
  const request = { where: null, versionsOnly: false, includeArchived: false }
  const session = { federation: { wordIndex: index } } as never
  const scope = new SearchScope(session, [kept], request, new AbortController().signal)
  expect(await scope.models({ groups: [], missing: 0 }, 300)).toEqual({ documents: [], isAll: false })
  expect(limits[0]).toBe(301)
  expect(Math.max(...limits)).toBe(200_000)
})
