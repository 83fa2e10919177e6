import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import type { Answer } from '../gateway/open-gateway.ts'
import { configWith } from './plug-in-folder.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

interface LogLine {
  readonly msg: string
  readonly level: string
  readonly err?: { readonly message: string; readonly stack: string }
}

export interface PluggedProcess {
  /** What it has logged so far. */
  readonly log: readonly LogLine[]
  ask(query: string): Promise<Answer>
  /** How it ended, when it has. */
  readonly exited: Promise<number | null>
  kill(): Promise<void>
}

/** `modelgate start` in a process of its own, with a plug-in beside its configuration. */
export async function startWithPlugIn(plugIn: string): Promise<PluggedProcess> {
  const child = spawnWithPlugIn('start', plugIn)
  const log = collectLog(child)
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  const endpoint = await readEndpoint(child)
  return {
    log,
    exited,
    async ask(query) {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      })
      return (await response.json()) as Answer
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** `modelgate check` in a process of its own. */
export async function checkPlugIn(plugIn: string): Promise<{ code: number | null; printed: unknown }> {
  const child = spawnWithPlugIn('check', plugIn)
  const closed = once(child, 'close')
  let printed = ''
  for await (const chunk of child.stdout) printed += String(chunk)
  const [code] = (await closed) as [number | null]
  return { code, printed: JSON.parse(printed) as unknown }
}

function spawnWithPlugIn(
  command: 'start' | 'check',
  plugIn: string,
): ChildProcessByStdio<null, Readable, Readable> {
  const file = join(dirname(plugIn), 'modelgate.yaml')
  const state = { server: { port: 0 }, database: { url: 'sqlite::memory:' } }
  writeFileSync(file, stringify({ ...state, ...configWith('./acme.mjs') }))
  const args = [main, command, '--config', file, '--json', '--log-level', 'warn']
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
}

function collectLog(child: ChildProcess): LogLine[] {
  const lines: LogLine[] = []
  let rest = ''
  child.stderr?.on('data', (chunk) => {
    const parts = `${rest}${chunk}`.split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as LogLine))
  })
  return lines
}

async function readEndpoint(child: ChildProcess): Promise<string> {
  let printed = ''
  for await (const chunk of child.stdout ?? []) {
    printed += String(chunk)
    if (printed.endsWith('}\n')) break
  }
  return (JSON.parse(printed) as { endpoint: string }).endpoint
}
