import { constants } from 'node:fs'
import { type FileHandle, open, readlink } from 'node:fs/promises'
import { RegistryError } from '../../../contract/index.ts'
import { isAbsent } from '../transfers/file-work.ts'
import { findBelow, isReadable, type VersionFolder } from './version-folder.ts'

/**
 * A folder on the way may become a link between the look at it and the opening. So the system is asked where the file
 * lies that was opened, and it is not read when that is elsewhere.
 */
export async function openBelow(folder: VersionFolder, path: string): Promise<FileHandle> {
  const found = await findBelow(folder, path)
  const handle = found === null ? null : await openPlain(found)
  if (found === null || handle === null) throw isGone()
  try {
    const isFile = (await handle.stat()).isFile()
    if (isFile && (await isReadable(folder, await placeOf(handle, found)))) return handle
    throw isGone()
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** @param found is what there is to go by where the system does not say it. */
async function placeOf({ fd }: FileHandle, found: string): Promise<string> {
  try {
    return await readlink(`/proc/self/fd/${fd}`)
  } catch (error) {
    if (isAbsent(error)) return found
    throw error
  }
}

/** `null`: it is not there any more, or a link by now. A pipe is not waited for. */
async function openPlain(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

function isGone(): RegistryError {
  return new RegistryError('NOT_FOUND', 'A file of the version was taken away or replaced while it was read.')
}
