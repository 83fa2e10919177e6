import { type ChildProcess, fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface ForkedGateway {
  readonly child: ChildProcess
  readonly url: string
}

interface Wish {
  readonly checkout?: string
  /** For its configuration, and what it makes beside that. */
  readonly folder: string
  readonly config: string
  /** Loaded before it; tells by messages what is measured there. */
  readonly watch: string
}

/** A gateway from its sources, on whatever port is free. */
export async function forkGateway({ checkout = '.', folder, config, watch }: Wish): Promise<ForkedGateway> {
  const file = join(folder, 'modelgate.yaml')
  writeFileSync(file, config)
  const child = fork(join(checkout, 'src/main.ts'), ['start', '--config', file, '--port', '0'], {
    execArgv: ['--import', watch],
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
  })
  let said = ''
  for await (const part of child.stdout ?? []) {
    said += part
    const url = /http:\/\/[\d.:]+\d/.exec(said)?.[0]
    if (url) return { child, url }
  }
  throw new Error(`The gateway did not start: ${said}`)
}
