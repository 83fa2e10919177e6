import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire, getCompileCacheDir } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Script } from 'node:vm'
import { crc32 } from 'node:zlib'

/** Then a gateway has compiled what a start and its first answers need, and V8 has not thrown it away yet. */
const keptAfterMs = 10_000
const bytesOfChecksum = 4

/**
 * Runs the commands and the gateway, with what V8 has compiled of them in an earlier start. Node keeps that for modules
 * too, but before they run: without the functions that are compiled when they are called, which take a third of a start.
 */
export function runProgram(file) {
  const url = pathToFileURL(file)
  const text = readFileSync(file, 'utf8')
  const kept = placeOfKept(text)
  const cachedData = kept ? readKept(kept) : undefined
  const script = new Script(text, { filename: url.href, cachedData })
  if (kept && (!cachedData || script.cachedDataRejected)) keepOfStart(script, kept)
  // Read now: its memory is given back at once, and not when somebody collects garbage.
  cachedData?.buffer.transfer(0)
  const importModule = (specifier) => import(new URL(specifier, url).href)
  script.runInThisContext()(createRequire(url), importModule, file, dirname(file))
}

/** Beside what Node keeps, which is where nobody else may write; null where it keeps nothing. */
function placeOfKept(text) {
  const folder = getCompileCacheDir()
  const [, digest] = /^\/\*(\w+)\*\//.exec(text) ?? []
  return folder && digest ? join(folder, `start-${digest}`) : null
}

/** In memory of its own, which can be given back. */
function readKept(place) {
  let file
  try {
    file = openSync(place)
    const bytes = Buffer.allocUnsafeSlow(fstatSync(file).size)
    const end = readSync(file, bytes) - bytesOfChecksum
    const cachedData = bytes.subarray(0, end)
    return crc32(cachedData) === bytes.readUInt32LE(end) ? cachedData : undefined
  } catch {
    // There is none yet, or it ends too soon.
    return undefined
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

/** Only a start has compiled what a start needs. */
function keepOfStart(script, place) {
  if (process.argv[2] !== 'start') return
  let isKept = false
  const keep = () => {
    if (isKept) return
    isKept = true
    writeKept(script.createCachedData(), place)
  }
  setTimeout(keep, keptAfterMs).unref()
  process.once('exit', (code) => {
    if (code === 0) keep()
  })
}

function writeKept(cachedData, place) {
  const checksum = Buffer.alloc(bytesOfChecksum)
  checksum.writeUInt32LE(crc32(cachedData))
  const written = `${place}-${process.pid}`
  try {
    writeFileSync(written, Buffer.concat([cachedData, checksum]), { mode: 0o600 })
    renameSync(written, place)
  } catch {
    // The next start compiles anew.
    takeAway(written)
  }
}

/** So that a full disk is not kept full by what it has no room for. */
function takeAway(file) {
  try {
    rmSync(file)
  } catch {
    // It was not even begun.
  }
}
