import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import type { ConfigDocument } from './config-document.ts'
import type { ConfigProblem } from './config-error.ts'
import type { TlsFiles } from './gateway-config.ts'

interface Written {
  readonly cert: string
  readonly key: string
}

/** PEM texts, of files beside the configuration or as they stand in it. Neither is ever quoted. */
export async function loadTls(
  tls: Written | undefined,
  directory: string,
  document: ConfigDocument,
): Promise<{ readonly value: TlsFiles | null; readonly problems: readonly ConfigProblem[] }> {
  if (tls === undefined) return { value: null, problems: [] }
  const [cert, key] = await Promise.all([load(tls.cert, directory), load(tls.key, directory)])
  const at = (name: keyof Written, message: string) => document.problem(['server', 'tls', name], message)
  const unreadable = 'is neither PEM text nor a file that can be read; write the path of a PEM file'
  if (cert === null) return { value: null, problems: [at('cert', unreadable)] }
  if (key === null) return { value: null, problems: [at('key', unreadable)] }
  try {
    createSecureContext({ cert, key })
    return { value: { cert, key }, problems: [] }
  } catch {
    const message =
      'does not belong to server.tls.cert, or one of the two is no PEM; write the pair that belongs together'
    return { value: null, problems: [at('key', message)] }
  }
}

async function load(written: string, directory: string): Promise<string | null> {
  if (written.includes('-----BEGIN ')) return written
  return readFile(resolve(directory, written), 'utf8').catch(() => null)
}
