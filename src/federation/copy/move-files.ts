import {
  type ArtifactExports,
  type ArtifactImports,
  type ArtifactUpload,
  type ImportedFiles,
  RegistryError,
  type TransferFile,
} from '../../contract/index.ts'
import { RegistryFailure, restate } from '../errors/registry-failure.ts'
import type { FederatedVersion } from '../records/records.ts'
import type { CopyLimits } from '../session/copy-limits.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import type { OnProgress } from '../write/progress.ts'
import { type Needs, notFound, requirePart } from '../write/writable.ts'
import { CopySize } from './copy-size.ts'
import type { CopiedFile } from './manifest.ts'
import { StreamedFile } from './streamed-file.ts'

const hint = 'a local one needs an artifactFolder, and artifacts: REFERENCE needs none'
const giving: Needs<ArtifactExports> = { part: ({ exports }) => exports, toDo: `give files away; ${hint}` }
export const taking: Needs<ArtifactImports> = {
  part: ({ imports }) => imports,
  toDo: `take files in; ${hint}`,
}

/** How many files of one copy are under way at once. */
const lanes = 3

export interface Route {
  readonly from: RegistrySession
  readonly to: RegistrySession
  readonly source: FederatedVersion
  /** Its URI. */
  readonly origin: string
  readonly upload: ArtifactUpload
  readonly limits: CopyLimits
  readonly copyMaxBytes: number
}

/** Both ends have to be able to. @throws RegistryFailure UNSUPPORTED */
export function assertTransfer(from: RegistrySession, to: RegistrySession): void {
  requirePart(from, giving)
  requirePart(to, taking)
}

/** All files of a version, a few at a time, each straight from one registry into the other. */
export async function moveFiles(
  route: Route,
  onProgress: OnProgress,
): Promise<{ readonly files: readonly CopiedFile[]; readonly imported: ImportedFiles }> {
  const files = await listFiles(route)
  const size = new CopySize(route.from.name, files, route.copyMaxBytes)
  const copied: CopiedFile[] = []
  const report = () =>
    onProgress({
      files: files.length,
      filesDone: copied.length,
      bytes: size.expected,
      bytesDone: size.moved,
    })
  report()
  await inLanes(files, route.limits, async (file) => {
    const moved = await moveFile(route, file, (length) => {
      const refusal = size.add(length)
      report()
      return refusal
    })
    copied.push(moved)
    report()
  })
  const put = copied.map(({ path, sizeBytes }) => ({ path, sizeBytes }))
  const imported = await route.to.transfer(route.limits, (_, call) => route.upload.finish(put, call))
  return { files: copied, imported }
}

async function listFiles(route: Route): Promise<readonly TransferFile[]> {
  const { from, source, origin } = route
  const files = await from.transfer(route.limits, (facets, call) =>
    requirePart(from, giving, facets).files(keyOf(source), call),
  )
  if (!files) throw notFound(from, 'The version to copy')
  refuseTwice(from, files)
  if (files.length > 0) return files
  const message = `There are no files at ${origin} to copy; refer to them instead (artifacts: REFERENCE).`
  throw new RegistryFailure(from.name, new RegistryError('NOT_FOUND', message))
}

/** There would be one of the two in the end, and the digest of both. */
function refuseTwice(from: RegistrySession, files: readonly TransferFile[]): void {
  const seen = new Set<string>()
  for (const { path } of files) {
    if (seen.has(path)) {
      const message = `The registry lists the file ${JSON.stringify(path)} twice, so it cannot be said what it is; nothing was copied.`
      throw new RegistryFailure(from.name, new RegistryError('REGISTRY_ERROR', message))
    }
    seen.add(path)
  }
}

async function moveFile(
  route: Route,
  file: TransferFile,
  onBytes: (length: number) => RegistryError | null,
): Promise<CopiedFile> {
  try {
    return await passFile(route, file, onBytes)
  } catch (error) {
    // What broke all of them off is not about this one.
    const isItsOwn = error instanceof RegistryFailure && !route.limits.signal.aborted
    throw isItsOwn ? restate(error, { message: naming(error.message, file) }) : error
  }
}

function naming(message: string, { path, sizeBytes }: TransferFile): string {
  const name = JSON.stringify(path)
  if (message.includes(name)) return message
  return `${message} It was about the file ${name}${sizeBytes === null ? '' : ` of ${sizeBytes} bytes`}.`
}

async function passFile(
  route: Route,
  file: TransferFile,
  onBytes: (length: number) => RegistryError | null,
): Promise<CopiedFile> {
  const { from, to, source, upload } = route
  const bytes = await from.transfer(route.limits, (facets, call) =>
    requirePart(from, giving, facets).read(keyOf(source), file.path, call),
  )
  const streamed = new StreamedFile(file, bytes, onBytes)
  try {
    return await to.transfer(route.limits, async (_, call) => {
      await upload.put(file, streamed.pass(), call)
      return streamed.result(to.name)
    })
  } catch (error) {
    streamed.abandon()
    throw toBlame(error, streamed, from)
  }
}

/** The registry that takes a file is only the first to notice when the one that gives it breaks off or hangs. */
function toBlame(error: unknown, { failure, awaitsSource }: StreamedFile, from: RegistrySession): unknown {
  if (failure) return new RegistryFailure(from.name, failure)
  return awaitsSource && error instanceof RegistryFailure
    ? new RegistryFailure(from.name, error.error)
    : error
}

/** The first failure ends the others, and is the one that counts. */
async function inLanes<T>(items: readonly T[], limits: CopyLimits, work: (item: T) => Promise<void>) {
  const left = items.values()
  const failures: unknown[] = []
  const lane = async () => {
    for (const item of left) await work(item)
  }
  const running = Array.from({ length: lanes }, () =>
    lane().catch((error: unknown) => {
      failures.push(error)
      limits.stop(error)
    }),
  )
  await Promise.all(running)
  if (failures.length > 0) throw failures[0]
}

function keyOf({ modelName, version }: FederatedVersion) {
  return { model: modelName, version }
}
