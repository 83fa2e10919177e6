import { RegistryError } from './error.ts'
import type { FacetTable, LevelName } from './facet-row.ts'
import { areOf, artifactShape, isVersions, modelShape, runShape, versionShape } from './record-shapes.ts'
import { is, isAbsentOr, isBoolean, isCount, isList, isNullOr, isText } from './shape.ts'

const isMove = is({ previous: isNullOr(isText) })
const isStageMove = is({ archived: isList(isText), previous: isAbsentOr(isText) })
const isFiles = isList(is({ path: isText, sizeBytes: isNullOr(isCount) }))
const isImported = is({ source: isText, runId: isNullOr(isText) })
const isArtifacts = isList(is(artifactShape))
const isChanges = is({ models: isList(isText), cursor: isText, more: isBoolean })
const isVersionsOfModel = { versions: isVersions, complete: isBoolean }

/** What an adapter is made of, one row each: whoever has to know which facets there are reads it here. */
export const facets = {
  models: {
    inReadOnly: true,
    members: {
      get: { asks: 'batch', of: modelShape, isOf: ({ name }, asked) => name === asked },
      list: { asks: 'page', of: modelShape },
    },
  },
  versions: {
    inReadOnly: true,
    members: {
      get: {
        asks: 'batch',
        of: versionShape,
        isOf: ({ modelName, version }, asked) => modelName === asked.model && version === asked.version,
      },
      list: { asks: 'page', of: versionShape },
      ofModels: {
        asks: 'batch',
        of: isVersionsOfModel,
        isOf: ({ versions }, asked) => areOf(versions, asked),
        countOf: ({ versions }) => versions.length,
      },
      latest: { asks: 'batch', of: isVersions, isOf: areOf },
    },
  },
  aliases: {
    optional: true,
    lack: 'aliases',
    levels: ['aliases'],
    inReadOnly: true,
    members: {
      resolve: { asks: 'batch', of: versionShape, isOf: ({ modelName }, asked) => modelName === asked.model },
    },
  },
  runs: {
    optional: true,
    lack: 'runs',
    levels: ['runs'],
    inReadOnly: true,
    members: { get: { asks: 'batch', of: runShape, isOf: ({ runId }, asked) => runId === asked } },
  },
  artifacts: {
    optional: true,
    lack: 'artifacts',
    levels: ['artifacts'],
    inReadOnly: true,
    members: {
      locate: { asks: 'batch', of: isText, isOf: () => true },
      list: {
        asks: 'answer',
        of: (value, exact) => value === null || RegistryError.is(value) || isArtifacts(value, exact),
      },
    },
  },
  changes: {
    optional: true,
    lack: 'changes',
    inReadOnly: true,
    members: { since: { asks: 'answer', of: isNullOr(isChanges) } },
  },
  copies: {
    optional: true,
    lack: 'own copy',
    inReadOnly: false,
    members: { copy: { asks: 'answer', of: isText } },
  },
  exports: {
    optional: true,
    lack: 'exports',
    inReadOnly: true,
    members: {
      files: { asks: 'answer', of: isNullOr(isFiles) },
      read: { asks: 'answer', of: isAsyncIterable },
    },
  },
  imports: {
    optional: true,
    lack: 'imports',
    inReadOnly: false,
    members: {
      begin: {
        asks: 'handle',
        members: {
          put: { asks: 'answer' },
          finish: { asks: 'answer', of: isImported },
          finalise: { asks: 'answer', of: isText, optional: true },
          discard: { asks: 'answer' },
        },
      },
    },
  },
  writes: {
    optional: true,
    lack: 'writes',
    levels: ['compareAndSet', 'idempotency'],
    inReadOnly: false,
    parts: {
      models: {
        members: {
          create: { asks: 'answer' },
          describe: { asks: 'answer', optional: true, lack: 'describe model' },
          setTags: { asks: 'answer', optional: true, lack: 'model tag writes', with: 'deleteTags' },
          deleteTags: { asks: 'answer', optional: true, with: 'setTags' },
          rename: { asks: 'answer', optional: true, lack: 'rename' },
          delete: { asks: 'answer', optional: true, lack: 'delete model' },
          takeBack: { asks: 'answer', of: isBoolean, optional: true, lack: 'take back' },
        },
      },
      versions: {
        members: {
          create: { asks: 'answer', of: isText },
          takesSource: { asks: 'judgement', optional: true },
          describe: { asks: 'answer', optional: true, lack: 'describe version' },
          keepsNotes: { asks: 'fact', optional: true, lack: 'place for notes' },
          setTags: { asks: 'answer', optional: true, lack: 'version tag writes', with: 'deleteTags' },
          deleteTags: { asks: 'answer', optional: true, with: 'setTags' },
          delete: { asks: 'answer', optional: true, lack: 'delete version' },
        },
      },
      aliases: {
        optional: true,
        lack: 'alias writes',
        members: { set: { asks: 'answer', of: isMove }, delete: { asks: 'answer', of: isMove } },
      },
      stages: {
        optional: true,
        lack: 'stage writes',
        members: { transition: { asks: 'answer', of: isStageMove } },
      },
    },
  },
} as const satisfies FacetTable

function isAsyncIterable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

type Table = typeof facets

type LacksIn<Rows> = {
  [Name in keyof Rows]:
    | (Rows[Name] extends { lack: infer Lack } ? Lack : never)
    | (Rows[Name] extends { members: infer Inner } | { parts: infer Inner } ? LacksIn<Inner> : never)
}[keyof Rows]

/** Whatever an adapter may have none of, in words. */
export type Lack = LacksIn<Table>

type DeclaredLevel = Extract<Table[keyof Table], { levels: unknown }>['levels'][number]

/** Levels that no facet is behind. */
export type OwnLevel = Exclude<LevelName, DeclaredLevel>

type OperationsIn<Rows> = {
  [Name in keyof Rows & string]: Rows[Name] extends { members: infer Inner }
    ? `${Name}.${AskedIn<Inner>}`
    : Rows[Name] extends { parts: infer Inner }
      ? OperationsIn<Inner>
      : never
}[keyof Rows & string]

type AskedIn<Rows> = {
  [Name in keyof Rows & string]: Rows[Name] extends { asks: 'judgement' | 'fact' } ? never : Name
}[keyof Rows & string]

type Kept<InReadOnly extends boolean> = {
  [Name in keyof Table as Table[Name] extends { inReadOnly: InReadOnly } ? Name : never]: Table[Name]
}

/** Such as `models.get`: what is asked with a call, as it is named for people. */
export type ReadOperation = OperationsIn<Kept<true>>
export type WriteOperation = OperationsIn<Kept<false>>
