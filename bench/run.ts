/**
 * modelgate beside the gateways that people would use instead, interleaved, in one run; and which targets hold.
 * `npm run bench`, `npm run bench:quick`; see docs/performance.md. Exits with 1 when a target does not hold.
 */
import { parseArgs } from 'node:util'
import { Bench } from './harness/bench.ts'
import { loadHead, targetHead, toLoadRows, toSampleLines, toTable, toTargetRow } from './harness/report.ts'
import { runMeasurements } from './harness/run-measurements.ts'
import { measurements } from './measurements.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    soak: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string' },
    'soak-minutes': { type: 'string', default: '10' },
  },
})
const names = values.only?.split(',')
const isWanted = ({ runs, targets }: (typeof measurements)[number]) => {
  if (names) return targets.some(({ name }) => names.includes(name))
  if (runs === 'soak') return values.soak
  return runs === 'always' || !values.quick
}
const wanted = measurements.filter(isWanted)
if (wanted.length === 0) {
  console.error(`No such target: ${values.only}. There are ${allNames().join(', ')}.`)
  process.exit(2)
}

const bench = await Bench.open({
  seconds: Number(values.seconds ?? (values.quick ? 0.4 : 2)),
  isQuick: values.quick,
  soakMinutes: Number(values['soak-minutes']),
  checked: values.quick ? 50 : 200,
  withOthers: !values.quick && !names,
})
try {
  const run = await runMeasurements(bench, wanted, Number(values.rounds))
  const shown = names ? run.outcomes.filter(({ target }) => names.includes(target.name)) : run.outcomes
  console.log(`${toTable(loadHead, toLoadRows(run))}\n`)
  console.log(`${toSampleLines(run).join('\n')}\n`)
  console.log(`${toTable(targetHead, shown.map(toTargetRow))}\n`)
  const held = shown.filter((outcome) => outcome.holds)
  console.log(`${held.length} of ${shown.length} targets hold`)
  if (held.length < shown.length) process.exitCode = 1
} finally {
  await bench.close()
}

function allNames(): string[] {
  return measurements.flatMap(({ targets }) => targets.map(({ name }) => name))
}
