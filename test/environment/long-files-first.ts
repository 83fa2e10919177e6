import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * What takes longest, the longest first. Vitest would begin with large files, and these are small: they run a kit, a
 * zoo or rounds that are written elsewhere.
 */
const longFiles = [
  'test/adapters/mlflow/conformance-on-3.backends.test.ts',
  'test/adapters/mlflow/conformance-on-2.backends.test.ts',
  'test/catalog/torture/process-torture.backends.test.ts',
  'test/adapters/mlflow/broken-writes.backends.test.ts',
  'test/gateway/two-gateways.backends.test.ts',
  'test/gateway/large-copy.backends.test.ts',
  'test/catalog/indexed-lists.backends.test.ts',
  'test/gateway/bounded-memory.test.ts',
  'test/conformance/wrong-readers.test.ts',
  'test/adapters/azure-ml/conformance.test.ts',
  'test/conformance/wrong-writers.test.ts',
  'test/gateway/permitted-paging.test.ts',
].map((path) => resolve(path))

/** Begins with long files, so that none is left to one worker at the end while the others have nothing to do. */
export class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const lost = longFiles.filter((path) => !existsSync(path))
    if (lost.length > 0) throw new Error(`long-files-first.ts names what is not there: ${lost.join(', ')}`)
    const sorted = await super.sort(files)
    const byProject = Map.groupBy(sorted, ({ project }) => project)
    return [...byProject.values()].flatMap((own) => [
      ...longFiles.flatMap((path) => own.filter(({ moduleId }) => moduleId === path)),
      ...own.filter(({ moduleId }) => !longFiles.includes(moduleId)),
    ])
  }
}
