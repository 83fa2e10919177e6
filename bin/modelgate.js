#!/usr/bin/env node
// Runs on every Node there is, so that it can say which one is needed.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as modules from 'node:module'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const neededMajor = 24
const own = fileURLToPath(import.meta.url)
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url))
const ownNode = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))

if (!existsSync(main)) {
  fail('modelgate is not built: run "npm ci", or "npm run prepare" where the packages are installed already.')
} else if (Number.parseInt(process.versions.node, 10) >= neededMajor) {
  // The GraphQL library checks every value twice unless it is told that this is no development.
  process.env.NODE_ENV ??= 'production'
  keepCompiledCode()
  const { runProgram } = await import('./run-program.js')
  runProgram(main)
} else if (existsSync(ownNode)) {
  runWith(ownNode)
} else {
  fail(
    `modelgate needs Node ${neededMajor} or newer, and this is Node ${process.versions.node}: install it from https://nodejs.org.`,
  )
}

/**
 * What one start has compiled, the next one reads: beside the code where that may be written, else in the home folder.
 * Never where others may write, as Node runs what lies there. Where neither is to be had, all is compiled anew.
 */
function keepCompiledCode() {
  const { enableCompileCache, constants } = modules
  const chosen = process.env.NODE_COMPILE_CACHE
  const places = chosen ? [() => chosen] : [besideTheCode, inTheHomeFolder]
  for (const place of places) {
    const directory = place()
    if (!directory) continue
    if (enableCompileCache({ directory }).status !== constants.compileCacheStatus.FAILED) return
  }
}

function besideTheCode() {
  return fileURLToPath(new URL('../dist/compiled', import.meta.url))
}

/** Null where there is none: HOME is empty, or unset for a user whom the system does not know, as in containers. */
function inTheHomeFolder() {
  try {
    const home = homedir()
    return isAbsolute(home) ? join(home, '.cache/modelgate/compiled') : null
  } catch {
    return null
  }
}

function runWith(node) {
  const child = spawn(node, [own, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => fail(`modelgate could not start ${node}: ${error.message}`))
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

function fail(message) {
  console.error(message)
  process.exitCode = 1
}
