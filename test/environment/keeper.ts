import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/**
 * A child process that starts a server and ends it when its own standard input closes: also when the test run
 * crashes or is killed, because the operating system closes the pipe then.
 */
export interface Keeper {
  /** Settles when the keeper has ended, and with it the server. */
  exited: Promise<void>
  /** The first line on its standard output; rejected when it ends before it said anything. */
  firstLine: Promise<string>
  stop(): Promise<void>
}

export const startKeeper = (script: 'process-keeper.ts' | 'postgres-keeper.ts', job: object): Keeper => {
  const path = fileURLToPath(new URL(`./${script}`, import.meta.url))
  const child = spawn(process.execPath, ['--no-warnings', path, JSON.stringify(job)], {
    // A group of its own: Ctrl-C at the terminal reaches the run, and the run's end reaches the keeper.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit').then(() => undefined)
  const firstLine = readFirstLine(child)
  // Whoever does not ask for the line does not care that it never came.
  firstLine.catch(() => undefined)
  return {
    exited,
    firstLine,
    stop: async () => {
      // The word tells a wanted stop from a crash: after a crash the keeper clears the data away too.
      child.stdin?.end('stop\n')
      await exited
    },
  }
}

const readFirstLine = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = ''
    let complained = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes('\n')) resolve(said.slice(0, said.indexOf('\n')))
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complained = (complained + text).slice(-4000)
    })
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`ended with ${code}: ${complained.trim() || said.trim()}`)))
  })
