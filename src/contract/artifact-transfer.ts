import type { Call, VersionKey } from './reads.ts'
import type { RunRecord } from './records.ts'
import type { NewVersion } from './writes.ts'

/** A file of a version, on its way from one registry to another. */
export interface TransferFile {
  /** Relative to the version's root, `/` between parts, neither leading nor trailing. */
  readonly path: string
  /** In bytes; `null`: the registry does not say. */
  readonly sizeBytes: number | null
}

/** The half of a copy between registries that gives the files away. */
export interface ArtifactExports {
  /**
   * Every file of the version in all its folders, sorted by path; `null` when there is no such version. UNSUPPORTED,
   * with the reason, when the files are where this registry cannot read them.
   */
  files(key: VersionKey, call: Call): Promise<readonly TransferFile[] | null>
  /** The bytes of one file, no faster than they are taken. NOT_FOUND, also from the iteration, when it is not there. */
  read(key: VersionKey, path: string, call: Call): Promise<AsyncIterable<Uint8Array>>
}

export interface NewTransfer {
  /**
   * The same for a transfer that is tried again, and for no other: it goes to the same place, whatever lies there by
   * now. Files that a version has are not touched any more, neither replaced nor discarded: ALREADY_EXISTS.
   */
  readonly id: string
  /** The model that the version is going to be of, which is there. */
  readonly model: string
  /** `models://registry/name/version`, where the files come from. */
  readonly origin: string
  /**
   * The run that the original came from, which may be of any registry; `null` or left out: none is known. A registry
   * that keeps runs carries its name, status, times, params and last metrics into a run of its own, marked with the
   * origin, by the time that {@link ArtifactUpload.finish} names that run. Where it is not carried, the gateway shows
   * that of the origin for versions without a run.
   */
  readonly run?: RunRecord | null
}

/** What a version is to be made with once the files are there. */
export interface ImportedFiles {
  readonly source: string
  readonly runId: string | null
}

/** A place for the files of a version that does not exist yet, or is pending: see {@link ArtifactUpload.finalise}. */
export interface ArtifactUpload {
  /** Replaces a file that is there. Throws when fewer or more bytes come than `sizeBytes` says. */
  put(file: TransferFile, bytes: AsyncIterable<Uint8Array>, call: Call): Promise<void>
  /**
   * Called when every file was put. Compares what lies there with `files`, by size at least, and throws
   * REGISTRY_ERROR when it differs; files that are not among them, left over from an earlier try, are taken away or
   * are none of the version.
   */
  finish(files: readonly TransferFile[], call: Call): Promise<ImportedFiles>
  /**
   * For a registry that makes a version first and takes its files afterwards: {@link ArtifactImports.begin} makes it,
   * pending, or finds the one of an earlier try, and this makes it the version that is given, READY, and answers which
   * one that is. The gateway calls it where it would call {@link VersionWrites.create}, which has the files and is not
   * told of the transfer; `source` and `runId` are what {@link finish} gave. Until then no read shows the version as
   * READY, and of several requests the one that does so is the last. Again, after an outcome that nobody knows, it
   * answers the same or throws ALREADY_EXISTS, and makes no other. Left out, versions are made of files that are there.
   */
  finalise?(version: NewVersion, call: Call): Promise<string>
  /**
   * Takes away what was put, and the pending version, when it is known that no version is made with it: a finalised
   * one stays, ALREADY_EXISTS. A version that was discarded was none for {@link ModelWrites.takeBack}.
   */
  discard(call: Call): Promise<void>
}

/** The half of a copy between registries that takes the files in. */
export interface ArtifactImports {
  /**
   * UNSUPPORTED, with the reason, when this registry has no place for files. No other write of the gateway goes to the
   * model meanwhile, as of {@link RegistryWrites}.
   */
  begin(transfer: NewTransfer, call: Call): Promise<ArtifactUpload>
}
