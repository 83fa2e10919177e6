import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { createDirectory } from '../config/sample-directory.ts'
import type { RunResult } from './sample-tools.ts'

const main = resolve(import.meta.dirname, '../../src/main.ts')

type Files = Readonly<Record<string, string>>

/** Runs a command in a process of its own, which has to end by itself. */
export async function runModelgate(args: readonly string[], files: Files = {}): Promise<RunResult> {
  const child = startModelgate(args, files)
  const ended = [text(child.stdout), text(child.stderr), once(child, 'close')] as const
  const [stdout, stderr, [code]] = await Promise.all(ended)
  return { code, stdout, stderr }
}

export function startModelgate(args: readonly string[], files: Files = {}) {
  const cwd = createDirectory(files)
  return spawn(process.execPath, [main, ...args], { cwd, env: {}, stdio: ['ignore', 'pipe', 'pipe'] })
}
