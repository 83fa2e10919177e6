import { Buffer } from 'node:buffer'

/** The file that MLflow knows a model by. */
export const modelFile = 'MLmodel'

/** Far more than MLflow writes into one. */
const longest = 8 * 1024 * 1024

/** The logged model that a file of a model says it is of. */
function modelIdIn(text: string): string | null {
  return /^model_id: ['"]?(m-[0-9a-f]{32})['"]?\s*$/m.exec(text)?.[1] ?? null
}

/**
 * The same file under another id, of the same length. A client asks the server for the logged model that the file names,
 * which is not there where the file was copied to.
 *
 * @param rename answers the id that is to stand there instead; `null`: it stays.
 */
export async function* withModelId(
  bytes: AsyncIterable<Uint8Array>,
  rename: (id: string) => string | null,
): AsyncGenerator<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  let isWhole = true
  for await (const chunk of bytes) {
    length += chunk.length
    if (isWhole && length <= longest) {
      chunks.push(chunk)
      continue
    }
    // No client reads such a file as that of a model; it goes by as it is.
    if (isWhole) yield* chunks.splice(0)
    isWhole = false
    yield chunk
  }
  if (!isWhole || length === 0) return
  const text = Buffer.concat(chunks).toString('latin1')
  const id = modelIdIn(text)
  const other = id && rename(id)
  yield Buffer.from(id && other ? text.replaceAll(id, other) : text, 'latin1')
}
