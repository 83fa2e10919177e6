import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { place, storage } from '../adapters/azure-ml/open-registry.ts'
import type { Target } from './target.ts'

/** In the database of the gateways itself. */
export function localTarget(folder: string): Target {
  return {
    config: { adapter: 'local', artifactFolder: join(folder, 'main') },
    upstream: null,
    source: 's3://bucket/files',
    refusedSource: `runs:/${'x'.repeat(300)}/model`,
    canRename: true,
    writesStepwise: false,
    readFiles: ({ artifactUri }, paths) =>
      readEach(paths, (path) =>
        readFile(join(fileURLToPath(artifactUri ?? 'file:///nowhere'), path), 'utf8'),
      ),
  }
}

export function mlflowTarget(url: string): Target {
  return {
    config: { adapter: 'mlflow' },
    upstream: { url, configKey: 'url' },
    source: 's3://bucket/files',
    refusedSource: 'runs:/00000000000000000000000000000000/model',
    canRename: true,
    writesStepwise: false,
    readFiles: ({ model, version }, paths) => readEach(paths, (path) => download(url, model, version, path)),
  }
}

export function azureTarget(url: string): Target {
  return {
    config: { adapter: 'azureml', ...place, auth: { token: 'a-token' } },
    upstream: { url, configKey: 'endpoint' },
    source: `${storage}/files`,
    refusedSource: 's3://bucket/files',
    canRename: false,
    writesStepwise: true,
    readFiles: null,
  }
}

/** As MLflow itself finds the files of a version, wherever they lie. */
async function download(url: string, model: string, version: string, path: string): Promise<string> {
  const query = new URLSearchParams({ name: model, version, path })
  const response = await fetch(`${url}/model-versions/get-artifact?${query}`)
  if (!response.ok) throw new Error(`HTTP ${response.status}`)
  return response.text()
}

/** Those that cannot be read are left out. */
async function readEach(
  paths: readonly string[],
  read: (path: string) => Promise<string>,
): Promise<Record<string, string>> {
  const files = await Promise.all(
    paths.map(async (path) => {
      const text = await read(path).catch(() => null)
      return text === null ? [] : [[path, text] as const]
    }),
  )
  return Object.fromEntries(files.flat())
}
