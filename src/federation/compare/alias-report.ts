import { RegistryError } from '../../contract/index.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import type { SourceOutcome } from '../list/connection.ts'
import {
  type LogicalModelArguments,
  type LogicalModelList,
  listLogicalModels,
} from '../list/list-logical-models.ts'
import type { FederatedVersion } from '../records/records.ts'
import { sourceStateOf } from '../registry/source-state.ts'
import { runOfVersionOrWhyNot } from '../resolve/run-of-version.ts'
import type { Session } from '../session/session.ts'
import { type AliasCellRecord, aliasMatrix, gapsOf } from './alias-matrix.ts'

export interface AliasReportArguments extends LogicalModelArguments {
  readonly alias: string
  /** The key of a metric of the holders' runs; null: none is wanted. */
  readonly metric: string | null
  /** Only cells of these; null: of all. */
  readonly environments: readonly string[] | null
}

export interface AliasReportCell {
  readonly logicalModel: string
  readonly alias: string
  readonly environment: string
  /** Null: the environment has none. */
  readonly registry: string | null
  readonly model: string | null
  readonly holder: FederatedVersion | null
  readonly metric: number | null
  /** Against the holder in the next lower environment that has one. */
  readonly metricDelta: number | null
}

export interface AliasReportList {
  readonly rows: readonly AliasReportCell[]
  /** The logical models that the rows are of. */
  readonly page: LogicalModelList
  readonly sources: readonly SourceOutcome[]
  readonly complete: boolean
}

type Failures = Map<string, RegistryError>

/** A row for each cell of the matrices of many logical models, for which all is read together. @throws InputError */
export async function aliasReport(
  session: Session,
  { alias, metric, environments, ...list }: AliasReportArguments,
): Promise<AliasReportList> {
  for (const name of environments ?? []) session.assertEnvironment(name, 'environments')
  const page = await listLogicalModels(session, list, [
    'aliasReport',
    environments && [...new Set(environments)].sort(),
  ])
  let known: ReturnType<typeof gapsOf> | null = null
  const gaps = () => {
    known ??= gapsOf(session)
    return known
  }
  const matrices = await Promise.all(
    page.nodes.map((logical) => aliasMatrix(session, logical, alias, [], gaps)),
  )
  const cells = matrices.flatMap((matrix, index) => {
    const logicalModel = page.nodes[index]?.name ?? ''
    return matrix.cells.map((cell) => ({ cell, logicalModel }))
  })
  const failures: Failures = new Map()
  const metrics = await metricsOf(session, cells, metric, failures)
  const rows = cells.map(({ cell, logicalModel }) => toRow(cell, { logicalModel, alias }, metrics))
  for (const { cell } of cells) if (cell.error && cell.model) failures.set(cell.model.registry, cell.error)
  const sources = page.sources.map((source) => withFailure(source, failures))
  const complete = page.complete && failures.size === 0
  if (!complete) session.noteIncomplete()
  const isWanted = ({ environment }: AliasReportCell) => environments?.includes(environment) ?? true
  return { rows: rows.filter(isWanted), page, sources, complete }
}

function toRow(
  { environment, model, version, previous }: AliasCellRecord,
  of: Pick<AliasReportCell, 'logicalModel' | 'alias'>,
  metrics: ReadonlyMap<FederatedVersion, number>,
): AliasReportCell {
  const metric = (version && metrics.get(version)) ?? null
  const before = (previous && metrics.get(previous)) ?? null
  return {
    ...of,
    environment: environment.name,
    registry: model?.registry ?? null,
    model: model?.name ?? null,
    holder: version,
    metric,
    metricDelta: metric === null || before === null ? null : metric - before,
  }
}

/** Of each holder; what could not be read, or is not a finite number, is not there. */
async function metricsOf(
  session: Session,
  cells: readonly { readonly cell: AliasCellRecord }[],
  metric: string | null,
  failures: Failures,
): Promise<ReadonlyMap<FederatedVersion, number>> {
  const found = new Map<FederatedVersion, number>()
  if (metric === null) return found
  const load = async (version: FederatedVersion) => {
    const run = await runOrWhyNot(session, version)
    if (RegistryError.is(run)) failures.set(version.registry, run as RegistryError)
    else {
      const value = run?.metrics.find(({ key }) => key === metric)?.value
      if (value !== undefined && Number.isFinite(value)) found.set(version, value)
    }
  }
  await Promise.all(cells.map(({ cell: { version } }) => version && load(version)))
  return found
}

async function runOrWhyNot(session: Session, version: FederatedVersion) {
  try {
    const run = await runOfVersionOrWhyNot(session, version)
    // What is hidden from the gateway's user is as if it were not there.
    return RegistryError.is(run) && run.code === 'FORBIDDEN' ? null : run
  } catch (error) {
    if (error instanceof RegistryFailure) return error.error
    throw error
  }
}

function withFailure(source: SourceOutcome, failures: Failures): SourceOutcome {
  const error = failures.get(source.registry.name)
  return error ? { ...source, state: sourceStateOf(error), error } : source
}
