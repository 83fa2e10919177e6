const timeoutMs = 5000
const largestBytes = 1_000_000

/** Asks an issuer, and nobody that it would send us on to. */
export async function loadJson(url: string): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  })
  if (response.status !== 200) throw new Error(`it answered ${response.status}`)
  const value: unknown = JSON.parse(await readBounded(response))
  if (value === null || typeof value !== 'object') throw new Error('it answered no JSON object')
  return value as Record<string, unknown>
}

async function readBounded({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    length += chunk.length
    if (length > largestBytes) throw new Error(`it answered more than ${largestBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
