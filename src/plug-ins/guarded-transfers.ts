import type { Adapter, ArtifactUpload } from '../contract/index.ts'
import type { Guard } from './guard.ts'
import { is, isCountOrNull, isList, isNullOr, isText, isTextOrNull } from './shape.ts'

const isFiles = isNullOr(isList(is({ path: isText, sizeBytes: isCountOrNull })))
const isImported = is({ source: isText, runId: isTextOrNull })
const isUpload = is({ put: isMethod, finish: isMethod, discard: isMethod, finalise: isOptionalMethod })

type Transfers = Pick<Adapter, 'copies' | 'exports' | 'imports'>

export function guardedTransfers(
  guard: Guard,
  { copies, exports, imports }: { readonly [Name in keyof Transfers]: Transfers[Name] | undefined },
): Transfers {
  return {
    ...(copies && {
      copies: {
        copy: (copy, call) => guard.ask('copies.copy', call, async () => copies.copy(copy, call), isText),
      },
    }),
    ...(exports && {
      exports: {
        files: (key, call) => guard.ask('exports.files', call, async () => exports.files(key, call), isFiles),
        read: (key, path, call) =>
          guard.ask('exports.read', call, async () => exports.read(key, path, call), isAsyncIterable),
      },
    }),
    ...(imports && {
      imports: {
        begin: async (transfer, call) =>
          guardedUpload(
            guard,
            await guard.ask('imports.begin', call, async () => imports.begin(transfer, call), isUpload),
          ),
      },
    }),
  }
}

function guardedUpload(guard: Guard, upload: ArtifactUpload): ArtifactUpload {
  const { finalise } = upload
  return {
    put: (file, bytes, call) => guard.ask('put', call, async () => upload.put(file, bytes, call)),
    finish: (files, call) => guard.ask('finish', call, async () => upload.finish(files, call), isImported),
    ...(finalise && {
      finalise: (version, call) =>
        guard.ask('finalise', call, async () => finalise.call(upload, version, call), isText),
    }),
    discard: (call) => guard.ask('discard', call, async () => upload.discard(call)),
  }
}

function isMethod(value: unknown): boolean {
  return typeof value === 'function'
}

function isOptionalMethod(value: unknown): boolean {
  return value === undefined || isMethod(value)
}

function isAsyncIterable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
