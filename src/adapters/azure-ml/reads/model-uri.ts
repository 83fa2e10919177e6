import type { VersionKey } from '../../../contract/index.ts'

/** What a job has left, by the address that Azure has for it. */
export function toJobUri(job: string, path: string): string {
  return `azureml://jobs/${job}/outputs/artifacts/paths/${path}`
}

export function jobOf(modelUri: string | null): string | null {
  return /^azureml:\/\/jobs\/([^/]+)\//i.exec(modelUri ?? '')?.[1] ?? null
}

export function parseRunUri(uri: string): { readonly job: string; readonly path: string } | null {
  const [, job, path = ''] = /^runs:\/+([^/]+)(?:\/(.*))?$/s.exec(uri) ?? []
  return job === undefined ? null : { job, path }
}

export function parseVersionUri(uri: string): VersionKey | null {
  const [, model, version] = /^models:\/([^/]+)\/([^/]+)$/s.exec(uri) ?? []
  return model === undefined || version === undefined ? null : { model, version }
}
