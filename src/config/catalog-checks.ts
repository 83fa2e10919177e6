import { toMilliseconds } from './catalog-config.ts'
import type { Path } from './path.ts'
import { isText, type Mapping, type Report, recordOf } from './written-values.ts'

/** Of these nobody but a read of the whole tells of all that others do. */
const adaptersWithoutFeed: readonly unknown[] = ['mlflow', 'azureml']

/** What holds between the keys of `catalog`, as far as they are written: what is not written may be anything. */
export function checkCatalog(file: Mapping, registries: readonly Mapping[], report: Report): void {
  const all = recordOf(file.catalog)
  checkTimes(all, all, ['catalog'], report)
  for (const [index, { adapter, catalog }] of registries.entries()) {
    const path: Path = ['registries', index, 'catalog']
    if (file.catalog === false && catalog !== undefined && catalog !== false)
      report(
        path,
        'is kept by nothing, as the catalog as a whole is left out; take catalog: false out, or this',
      )
    const own = recordOf(catalog)
    const whole = { ...all, ...own }
    checkTimes(whole, own, path, report)
    if (adaptersWithoutFeed.includes(adapter)) checkStaleness(whole, own, path, report)
  }
}

function checkTimes(whole: Mapping, own: Mapping, path: Path, report: Report): void {
  if (isShorter(whole.sweepEvery, whole.syncEvery) && hasOne(own, 'sweepEvery', 'syncEvery'))
    report(
      [...path, 'sweepEvery'],
      'is shorter than syncEvery, and a registry is not looked at more often than that',
    )
  if (isShorter(whole.staleAfter, whole.syncEvery) && hasOne(own, 'staleAfter', 'syncEvery'))
    report([...path, 'staleAfter'], 'is shorter than syncEvery: before each look everything would be stale')
}

function checkStaleness(whole: Mapping, own: Mapping, path: Path, report: Report): void {
  if (isShorter(whole.staleAfter, whole.sweepEvery) && hasOne(own, 'staleAfter', 'sweepEvery'))
    report([...path, 'staleAfter'], 'is shorter than sweepEvery: before each sweep everything would be stale')
}

/** Else it was said where both are written. */
function hasOne(own: Mapping, ...keys: readonly string[]): boolean {
  return keys.some((key) => own[key] !== undefined)
}

function isShorter(a: unknown, b: unknown): boolean {
  return isText(a) && isText(b) && toMilliseconds(a) < toMilliseconds(b)
}
