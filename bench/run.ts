/**
 * modelgate beside the gateways that people would use instead, interleaved, in one run; and which targets hold.
 * `npm run bench` measures everything and writes the tables of docs/performance.md, `npm run bench:quick` takes less than
 * three minutes, `--only NAME,NAME` measures some rows. Exits with 1 when a target does not hold.
 */
import { availableParallelism, cpus } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Bench } from './harness/bench.ts'
import type { Measurement } from './harness/measurement.ts'
import { loadHead, targetHead, toLoadRows, toSampleLines, toTable, toTargetRow } from './harness/report.ts'
import { type Outcome, type Run, runMeasurements } from './harness/run-measurements.ts'
import { writeTables } from './harness/write-tables.ts'
import { measurements } from './measurements.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    /** For one load of one gateway in one round. */
    seconds: { type: 'string' },
    'soak-minutes': { type: 'string', default: '10' },
  },
})
const page = resolve(import.meta.dirname, '../docs/performance.md')
const rounds = Number(values.rounds)
const seconds = Number(values.seconds ?? (values.quick ? 0.35 : 2))
const names = values.only?.split(',')
const known = measurements.flatMap(({ targets }) => targets.map(({ name }) => name))
const unknown = names?.filter((name) => !known.includes(name)) ?? []
if (unknown.length > 0) {
  console.error(`No such target: ${unknown.join(', ')}. There are ${known.join(', ')}.`)
  process.exit(2)
}
if (!(rounds >= 1 && seconds > 0)) {
  console.error('Rounds are 1 or more, and seconds above 0.')
  process.exit(2)
}

const isWanted = ({ runs, targets }: Measurement) =>
  names ? targets.some(({ name }) => names.includes(name)) : runs === 'always' || !values.quick

const startedAt = performance.now()
const bench = await Bench.open({
  seconds,
  isQuick: values.quick,
  checked: values.quick ? 50 : 200,
  soakMinutes: Number(values['soak-minutes']),
  withOthers: !values.quick && !names,
})
try {
  const run = await runMeasurements(bench, measurements.filter(isWanted), rounds)
  report(run)
} finally {
  await bench.close()
}

function report(run: Run): void {
  const shown = run.outcomes.filter(({ target }) => !names || names.includes(target.name))
  const targets = toTable(targetHead, shown.map(toTargetRow))
  const loads = toTable(loadHead, toLoadRows(run))
  console.log([loads, toSampleLines(run).join('\n'), targets].filter((part) => part !== '').join('\n\n'))
  if (!values.quick && !names) writeTables(page, { run: toRunText(shown), targets, loads })
  console.log(`\n${toVerdict(shown)}`)
  if (shown.some((outcome) => !outcome.holds)) process.exitCode = 1
}

function toVerdict(outcomes: readonly Outcome[]): string {
  return `${outcomes.filter((outcome) => outcome.holds).length} of ${outcomes.length} targets hold`
}

function toRunText(outcomes: readonly Outcome[]): string {
  const minutes = Math.round((performance.now() - startedAt) / 60_000)
  const machine = `${availableParallelism()} cores (${cpus()[0]?.model.trim()})`
  const date = new Date().toISOString().slice(0, 10)
  return `${date}, Node ${process.versions.node}, ${machine}, ${rounds} rounds in ${minutes} minutes: ${toVerdict(outcomes)}.`
}
