import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where installed MLflow versions are kept between runs. */
export const cacheFolder = (): string =>
  process.env.MODELGATE_TEST_CACHE ??
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'modelgate')
