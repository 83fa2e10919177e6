import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { cacheFolder } from '../../test/environment/cache-folder.ts'

const root = resolve(import.meta.dirname, '../..')

/** Where the harness of the peers lies: their servers, the lists of their packages and the recorded MLflow servers. */
export function sharedPeers(): string {
  const folder = join(process.env.MODELGATE_SHARED ?? resolve(root, '../shared'), 'peers')
  if (existsSync(folder)) return folder
  throw new Error(`The peers are not in ${folder}. Say with MODELGATE_SHARED where the folder above them is.`)
}

/**
 * The peers' servers beside their packages, outside of the project. Packages are installed once, and again when the list
 * of them has changed; else nothing is asked of the network.
 */
export function installPeers(): string {
  const source = sharedPeers()
  const folder = join(cacheFolder(), 'bench/peers')
  const lock = join(folder, 'node_modules/.package-lock.json')
  const list = readFileSync(join(source, 'package-lock.json'), 'utf8')
  const kept = join(folder, 'package-lock.json')
  const isInstalled = existsSync(lock) && existsSync(kept) && readFileSync(kept, 'utf8') === list
  mkdirSync(folder, { recursive: true })
  for (const part of ['servers', 'package.json', '.npmrc']) {
    cpSync(join(source, part), join(folder, part), { recursive: true, force: true })
  }
  if (isInstalled) return folder
  console.error(`Installing the peers in ${folder}, once.`)
  cpSync(join(source, 'package-lock.json'), kept, { force: true })
  const path = [dirname(process.execPath), process.env.PATH].join(delimiter)
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PATH: path },
  })
  if (status !== 0)
    throw new Error(`The peers could not be installed in ${folder}: npm ci ended with ${status}.`)
  return folder
}
