import type { Facets } from '../../contract/facet-places.ts'
import type { Call, ModelWrites, TagRecord, VersionKey, VersionWrites } from '../../contract/index.ts'
import type { WriteTarget } from '../records/command.ts'
import type { ModelReference, VersionReference } from '../records/references.ts'
import type { WrittenModel, WrittenVersion } from '../records/written.ts'

import type { Session } from '../session/session.ts'
import { locateModelToWrite, locateVersionToWrite } from './locate-target.ts'
import type { Located } from './write-kind.ts'

/** What adapters can do to a model and to a version alike. */
export interface SubjectWrites<Key> {
  describe?(key: Key, description: string | null, call: Call): Promise<void>
  setTags?(key: Key, tags: readonly TagRecord[], call: Call): Promise<void>
  deleteTags?(key: Key, keys: readonly string[], call: Call): Promise<void>
  delete?(key: Key, call: Call): Promise<void>
}

/** What a write is about: a model, or a version of one. */
export interface Subject<Reference, Key, Answer> {
  readonly one: string
  readonly many: string
  part(facets: Facets): SubjectWrites<Key> | undefined
  locate(session: Session, command: Reference): Located
  keyOf(target: WriteTarget): Key
  answer(target: WriteTarget): Answer
}

export const aModel: Subject<{ readonly model: ModelReference }, string, WrittenModel> = {
  one: 'a model',
  many: 'models',
  part: ({ writes }): ModelWrites | undefined => writes?.models,
  locate: locateModelToWrite,
  keyOf: ({ model }) => model,
  answer: ({ registry, model }) => ({ registry, name: model }),
}

export const aVersion: Subject<{ readonly version: VersionReference }, VersionKey, WrittenVersion> = {
  one: 'a version',
  many: 'versions',
  part: ({ writes }): VersionWrites | undefined => writes?.versions,
  locate: locateVersionToWrite,
  keyOf: ({ model, version = '' }) => ({ model, version }),
  answer: ({ registry, model, version = '' }) => ({ registry, model, version }),
}
