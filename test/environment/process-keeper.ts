// Run by keeper.ts as a process of its own, never imported.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { keepUntilStdinEnds } from './kept-until-stdin-ends.ts'

export interface ProcessJob {
  command: string
  args: string[]
  env: Record<string, string>
  folder: string
  logPath: string
}

const graceMs = 2_000

const job = JSON.parse(process.argv[2] ?? '') as ProcessJob
const log = openSync(job.logPath, 'a')
const child = spawn(job.command, job.args, {
  cwd: job.folder,
  env: { ...process.env, ...job.env },
  // A group of its own, so that the server's workers end with it.
  detached: true,
  stdio: ['ignore', log, log],
})

const signalGroup = (signal: NodeJS.Signals): void => {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

const ended = once(child, 'exit')

keepUntilStdinEnds(job.folder, async () => {
  signalGroup('SIGTERM')
  await Promise.race([ended, wait(graceMs)])
  signalGroup('SIGKILL')
})

child.on('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
child.on('exit', (code) => {
  // Ended because it was told to: the data is still to be cleared away.
  if (process.stdin.destroyed) return
  signalGroup('SIGKILL')
  process.exit(code ?? 1)
})
