import type {} from 'vitest'

export const mlflowVersions = ['3.17.2', '2.22.4'] as const

export type MlflowVersion = (typeof mlflowVersions)[number]

export interface ProvidedMlflow {
  url: string
  python: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** One real server for each version, shared by every suite of a run: use a name prefix of your own. */
    mlflow: Record<MlflowVersion, ProvidedMlflow>
    /** The superuser of an empty server: create a database for each test file. */
    postgresUrl: string
    /** The Python that has Microsoft's client of Azure ML, `azure-ai-ml`. */
    azureAiMlPython: string
    /** What could not be set up on this machine, with the reason. Empty when `CI` is set: there the run fails. */
    absentBackends: Record<string, string>
  }
}
