import {
  type ArtifactImports,
  type ArtifactUpload,
  beforeFirstWrite,
  type Call,
  type ImportedFiles,
  RegistryError,
  type RunRecord,
  type TransferFile,
} from '../../../contract/index.ts'
import { refuseFileName } from '../reads/artifact-names.ts'
import { below, listAllFiles } from '../reads/artifact-place.ts'
import type { MlflowRegistry } from '../registry.ts'
import type { MlflowClient } from '../wire/client.ts'
import { carryRun, endOf } from './carry-run.ts'
import { modelFile, withModelId } from './model-file.ts'
import { finishTransferModel } from './transfer-model.ts'
import { requireUnused, type TransferRun, takeTransferRun } from './transfer-run.ts'

export function artifactImports(server: MlflowRegistry): ArtifactImports {
  return {
    begin: async (transfer, call) =>
      new RunUpload(server.client, await takeTransferRun(server, transfer, call), transfer.run ?? null),
  }
}

/**
 * The files lie in a logged model of a run of their own, or in its folder `model` where there are none, in the store
 * that the server is a proxy of.
 */
class RunUpload implements ArtifactUpload {
  readonly #client: MlflowClient
  readonly #run: TransferRun
  /** What it is to say. */
  readonly #original: RunRecord | null
  readonly #sizes = new Map<string, number>()
  /** Of the logged model that the files were of. */
  #originalId: string | null = null

  constructor(client: MlflowClient, run: TransferRun, original: RunRecord | null) {
    this.#client = client
    this.#run = run
    this.#original = original
  }

  async put(file: TransferFile, bytes: AsyncIterable<Uint8Array>, call: Call): Promise<void> {
    refuseFileName(file.path)
    const counted = countBytes(file, bytes)
    const own = file.path === modelFile ? this.#underOwnId(counted.bytes) : counted.bytes
    const body = { contentType: 'application/octet-stream', length: file.sizeBytes, bytes: own }
    await this.#client.uploadProxiedArtifact(below(this.#run.place.folder, file.path), body, call)
    this.#sizes.set(file.path, counted.size)
  }

  async finish(files: readonly TransferFile[], call: Call): Promise<ImportedFiles> {
    await beforeFirstWrite(requireUnused(this.#client, this.#run.runId, call))
    const found = await beforeFirstWrite(listAllFiles(this.#client, this.#run.place, call))
    const sizes = new Map(found.map(({ path, sizeBytes }) => [path, sizeBytes]))
    for (const file of files) {
      requireWhole(file.path, sizes.get(file.path), file.sizeBytes ?? this.#sizes.get(file.path) ?? null)
    }
    const wanted = new Set(files.map(({ path }) => path))
    for (const { path } of found) {
      if (!wanted.has(path)) {
        await this.#client.deleteProxiedArtifact(below(this.#run.place.folder, path), call)
      }
    }
    const { modelId } = this.#run
    if (modelId !== null) await finishTransferModel(this.#client, modelId, this.#originalId, call)
    const { runId, source } = this.#run
    if (this.#original !== null) await carryRun(this.#client, runId, this.#original, call)
    await this.#client.write('POST', 'runs/update', { run_id: runId, ...endOf(this.#original) }, call)
    return { source, runId }
  }

  async discard(call: Call): Promise<void> {
    await beforeFirstWrite(requireUnused(this.#client, this.#run.runId, call))
    await this.#client.deleteProxiedArtifact(this.#run.place.folder, call)
    const { modelId, runId } = this.#run
    if (modelId !== null) await this.#client.write('DELETE', `logged-models/${modelId}`, {}, call)
    await this.#client.write('POST', 'runs/delete', { run_id: runId }, call)
  }

  #underOwnId(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    return withModelId(bytes, (id) => {
      this.#originalId = id
      return this.#run.modelId
    })
  }
}

/** MLflow leaves the size of empty files out. */
function requireWhole(path: string, found: number | null | undefined, expected: number | null): void {
  const name = JSON.stringify(path)
  if (found === undefined) throw new RegistryError('REGISTRY_ERROR', `MLflow did not keep the file ${name}.`)
  if (expected === null || (found ?? 0) === expected) return
  throw new RegistryError(
    'REGISTRY_ERROR',
    `MLflow keeps ${found ?? 0} bytes of the file ${name}, which has ${expected}.`,
  )
}

function countBytes({ path, sizeBytes }: TransferFile, bytes: AsyncIterable<Uint8Array>) {
  const counted = { size: 0, bytes: passOn() }
  return counted

  async function* passOn(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      counted.size += chunk.length
      if (sizeBytes !== null && counted.size > sizeBytes) throw wrongLength(path, 'more', sizeBytes)
      yield chunk
    }
    if (sizeBytes !== null && counted.size < sizeBytes) throw wrongLength(path, 'fewer', sizeBytes)
  }
}

function wrongLength(path: string, comparison: 'more' | 'fewer', sizeBytes: number): RegistryError {
  return new RegistryError(
    'REGISTRY_ERROR',
    `Of the file ${JSON.stringify(path)} came ${comparison} than ${sizeBytes} bytes.`,
  )
}
