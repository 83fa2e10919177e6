import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

interface Job {
  script: string
  argument: unknown
}

interface Answer {
  result: unknown
  error: string | null
}

/** Runs one script after the other, each with names of its own. What they print goes where complaints go. */
const loop = `
import json, os, sys, traceback
answers = os.fdopen(os.dup(1), 'w')
os.dup2(2, 1)
for line in sys.stdin:
    job = json.loads(line)
    names = {'json': json, 'argument': job['argument'], 'result': None}
    try:
        exec(job['script'], names)
        answer = json.dumps({'result': names['result'], 'error': None})
    except BaseException:
        answer = json.dumps({'result': None, 'error': traceback.format_exc()})
    answers.write(answer + '\\n')
    answers.flush()
`

/** A Python that stays for more than one script: a library such as mlflow takes seconds to import. */
export class PythonProcess {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #waiting: PromiseWithResolvers<Answer>[] = []
  #complaints = ''

  constructor(python: string, env: Record<string, string>) {
    // It ends with this process, as its standard input does.
    this.#child = spawn(python, ['-u', '-c', loop], { env: { ...process.env, ...env } })
    createInterface(this.#child.stdout).on('line', (line) => this.#waiting.shift()?.resolve(JSON.parse(line)))
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#complaints = (this.#complaints + text).slice(-4000)
    })
    this.#child.stdin.on('error', (error) => this.#fail(error))
    this.#child.on('error', (error) => this.#fail(error))
    this.#child.on('close', (code) => this.#fail(new Error(`ended with ${code}: ${this.#complaints.trim()}`)))
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && !this.#child.killed
  }

  /** What the script assigned to `result`. */
  async run(job: Job, timeoutMs: number): Promise<unknown> {
    const answer = Promise.withResolvers<Answer>()
    this.#waiting.push(answer)
    this.#child.stdin.write(`${JSON.stringify(job)}\n`)
    const timer = setTimeout(() => this.#end(new Error(`no end after ${timeoutMs / 1000} s`)), timeoutMs)
    try {
      const { result, error } = await answer.promise
      if (error !== null)
        throw new Error(`a script failed: ${error.trim().split('\n').slice(-12).join('\n')}`)
      return result
    } finally {
      clearTimeout(timer)
    }
  }

  #end(reason: Error): void {
    this.#child.kill('SIGKILL')
    this.#fail(reason)
  }

  #fail(reason: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(reason)
  }
}
