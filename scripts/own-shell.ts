import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { delimiter, dirname } from 'node:path'

const timeoutMs = 5 * 60_000

/** As from a shell of its own: nothing of the npm that may have started this. */
export function start(command: string, args: readonly string[], cwd: string) {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_|init_cwd$|node_env$)/i.test(name) || /^npm_config_(cache|registry|userconfig)$/i.test(name),
  )
  const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`
  const env = { ...Object.fromEntries(kept), PATH: path, NO_COLOR: '1' }
  return spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs })
}

/** What it prints; everything that it said, when it fails. */
export async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  const child = start(command, args, cwd)
  const said: string[] = []
  const printed: string[] = []
  child.stdout.on('data', (chunk) => said.push(String(chunk)) && printed.push(String(chunk)))
  child.stderr.on('data', (chunk) => said.push(String(chunk)))
  const [code, signal] = await once(child, 'close')
  if (code === 0) return printed.join('').trimEnd()
  throw new Error(`${command} ${args.join(' ')} ended with ${code ?? signal}:\n${said.join('')}`)
}

export function expect(actual: string, wanted: string | RegExp): void {
  const fits = typeof wanted === 'string' ? actual === wanted : wanted.test(actual)
  if (!fits) throw new Error(`Expected ${wanted}, and got:\n${actual}`)
}
