import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { ConfigError, type GatewayConfig, loadConfig } from '../../src/config/index.ts'
import { sampleAdapters } from './sample-adapters.ts'

/** A directory with these files, removed after the test. */
export function createDirectory(files: Record<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), 'modelgate-config-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) {
    const path = join(directory, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  return directory
}

export interface SampleOptions {
  readonly env?: Record<string, string>
  readonly files?: Record<string, string>
}

export async function loadText(text: string, options: SampleOptions = {}): Promise<GatewayConfig> {
  const { env = {}, files = {} } = options
  const directory = createDirectory({ ...files, 'modelgate.yaml': text })
  return loadConfig({ env, directory, builtIns: sampleAdapters })
}

/** The lines a person sees; an empty list when nothing is wrong. */
export async function problemsOf(text: string, options: SampleOptions = {}): Promise<string[]> {
  try {
    await loadText(text, options)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n')
    throw error
  }
}
