import { setImmediate as turn } from 'node:timers/promises'
import { ConfigError } from '../config/index.ts'
import { printable, printableLines } from '../config/printable.ts'
import { createMask } from '../config/secret-mask.ts'
import { formatReport, type Report, runChecks } from '../conformance/index.ts'
import { RegistryError } from '../contract/index.ts'
import type { CommandTools } from './command-tools.ts'
import { listChecks } from './conformance-list.ts'
import { createRunOptions } from './conformance-options.ts'
import { type ConformanceSubject, loadSubject } from './conformance-subject.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { openLog } from './open-log.ts'
import { createStatusLine } from './status-line.ts'
import { holdStrayErrors, type StrayErrors } from './stray-errors.ts'
import { createTimeoutHint } from './timeout-hint.ts'
import { toJson } from './to-json.ts'
import { UsageError } from './usage-error.ts'

export interface ConformanceCommandOptions {
  readonly config?: string
  readonly registry?: string
  readonly only?: readonly string[]
  readonly effort?: 'quick' | 'full'
  /** In seconds. */
  readonly timeout?: number
  readonly list: boolean
  readonly logLevel: string
  readonly json: boolean
}

/** Runs the conformance kit on an adapter as the gateway would connect it. */
export async function conformance(
  adapter: string | undefined,
  options: ConformanceCommandOptions,
  tools: CommandTools,
): Promise<ExitCode> {
  const { stdout } = tools
  const strays = holdStrayErrors('loading the adapter')
  try {
    if (options.list) {
      stdout.write(listChecks(options))
      return exitCode.ok
    }
    return await check(await loadSubject(adapter, options, tools), options, { tools, strays })
  } catch (error) {
    for (const stray of strays.found) tools.stderr.write(`${stray}\n`)
    if (options.json) stdout.write(toJson({ ok: false, problems: toProblems(error) }))
    throw error
  } finally {
    strays.release()
  }
}

interface Surroundings {
  readonly tools: CommandTools
  readonly strays: StrayErrors
}

/** @throws UsageError */
async function check(
  subject: ConformanceSubject,
  options: ConformanceCommandOptions,
  { tools, strays }: Surroundings,
): Promise<ExitCode> {
  const { stdout, stderr } = tools
  const mask = createMask(subject.registry, subject.config.environmentValues)
  try {
    const { report, leftBehind, isStopped } = await run(subject, options, { tools, strays })
    const masked = maskReport(report, mask)
    stdout.write(
      options.json ? toJson({ ok: report.conforms, ...masked }) : `${printableLines(formatReport(masked))}\n`,
    )
    if (isStopped) stderr.write('Stopped; the checks that are left were not run.\n')
    else if (isIdle(report)) stderr.write('Each of these checks was skipped, so nothing was tried.\n')
    if (leftBehind !== null) stderr.write(`${printable(mask(leftBehind))}\n`)
    return report.conforms ? exitCode.ok : exitCode.failure
  } catch (error) {
    if (error instanceof UsageError) throw error
    const code = RegistryError.is(error) ? error.code : 'CONFORMANCE'
    const message = mask(error instanceof Error ? error.message : String(error))
    for (const stray of strays.found) stderr.write(`${printableLines(mask(stray))}\n`)
    if (options.json) stdout.write(toJson({ ok: false, problem: { code, message } }))
    else stderr.write(`The checks could not be run. ${code}: ${printable(message)}\n`)
    return exitCode.failure
  }
}

/** As those of `check`, where a file is wrong. */
function toProblems(error: unknown): readonly object[] {
  if (error instanceof ConfigError) return error.problems
  return [{ message: error instanceof Error ? error.message : String(error) }]
}

interface Run {
  readonly report: Report
  /** What could not be taken out of the backend again, in words. */
  readonly leftBehind: string | null
  /** Somebody has pressed Ctrl-C. */
  readonly isStopped: boolean
}

async function run(
  subject: ConformanceSubject,
  options: ConformanceCommandOptions,
  { tools, strays }: Surroundings,
): Promise<Run> {
  const { log } = openLog(options.logLevel, tools.stderr)
  const connector = await tools.createConnector(subject.config, log)
  const status = createStatusLine(tools.stderr, options.json)
  const stop = new AbortController()
  const onInterrupt = () => stop.abort()
  process.once('SIGINT', onInterrupt)
  try {
    status.show('Filling the registry')
    strays.begin('filling the registry')
    const { runOptions, wayBack } = await createRunOptions(subject, options, { connector, log })
    const report = await runChecks({
      ...runOptions,
      signal: stop.signal,
      onCheck({ id }, index, count) {
        strays.begin(id)
        status.show(`${index + 1} of ${count}  ${id}`)
      },
      onResult: createTimeoutHint(runOptions.timeoutMs, (hint) => {
        status.clear()
        tools.stderr.write(`${hint}\n`)
      }),
    })
    return {
      report: await withStrays(report, strays),
      leftBehind: wayBack(),
      isStopped: stop.signal.aborted,
    }
  } finally {
    status.clear()
    process.off('SIGINT', onInterrupt)
    await connector.close()
  }
}

async function withStrays(report: Report, { found }: StrayErrors): Promise<Report> {
  await turn()
  if (found.length === 0) return report
  return { ...report, conforms: false, outsideOfChecks: [...report.outsideOfChecks, ...found] }
}

function isIdle({ results }: Report): boolean {
  return results.every(({ state }) => state === 'skipped')
}

function maskReport(report: Report, mask: (text: string) => string): Report {
  const maskReason = <T extends { readonly reason: string | null }>(row: T) => ({
    ...row,
    reason: row.reason === null ? null : mask(row.reason),
  })
  return {
    ...report,
    results: report.results.map(maskReason),
    notStored: report.notStored.map((row) => ({ ...row, reason: mask(row.reason) })),
    outsideOfChecks: report.outsideOfChecks.map(mask),
  }
}
