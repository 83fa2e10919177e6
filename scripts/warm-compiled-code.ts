import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const longestMs = 20_000

/** With one of each kind that is met most, so that what they need is compiled. Nothing answers at that address. */
const configuration = `environments: [here, there]
database: { url: "sqlite:./gateway.db" }
registries:
  - { name: here, adapter: local, environment: here }
  - { name: there, adapter: mlflow, environment: there, url: "http://127.0.0.1:9", serverVersion: "3.17.2" }
`

const query =
  '{ registries { name health { state } } models(first: 5) { nodes { name latestVersion { version } } complete } }'

/** Starts and stops a gateway, which leaves what it has compiled for the starts to come. */
export async function warmCompiledCode(root: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'modelgate-warm-'))
  try {
    await writeFile(join(folder, 'modelgate.yaml'), configuration)
    const args = [join(root, 'bin/modelgate.js'), 'start', '--port', '0', '--json', '--log-level', 'silent']
    const gateway = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = once(gateway, 'exit', { signal: AbortSignal.timeout(longestMs) })
    try {
      const [line] = (await Promise.race([once(gateway.stdout, 'data'), ended])) as [unknown]
      const { endpoint } = JSON.parse(String(line)) as { readonly endpoint: string }
      await ask(endpoint)
    } finally {
      gateway.kill('SIGTERM')
    }
    const [code] = await ended
    if (code !== 0) throw new Error(`A gateway to warm up ended with ${code}.`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function ask(endpoint: string): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify({ query }) })
  if (!response.ok) throw new Error(`A gateway to warm up answered ${response.status}.`)
  await response.arrayBuffer()
}
