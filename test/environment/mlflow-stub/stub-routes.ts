import { registryRoutes } from './registry-routes.ts'
import { runRoutes } from './run-routes.ts'
import type { StubProfile } from './stub-profile.ts'
import type { StubStore } from './stub-store.ts'

export interface StubRequest {
  /** The parameters of the query string, or of a JSON body. */
  get(name: string): string | undefined
  getAll(name: string): string[]
}

export interface StubRouteContext {
  store: StubStore
  profile: StubProfile
  locale: string | undefined
  pageCap: number | undefined
}

export type StubRoute = (request: StubRequest, context: StubRouteContext) => object

/** By method and path below `/api/2.0/mlflow/`. */
export const stubRoutes: Readonly<Record<string, StubRoute>> = { ...registryRoutes, ...runRoutes }
