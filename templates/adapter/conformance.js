import { formatReport, runChecks, seedByWrites } from 'modelgate/conformance'
import adapter from './src/adapter.js'

const log = { debug() {}, info() {}, warn: console.warn, error: console.error }
const connect = () => adapter.connect({ url: 'memory://conformance' }, { registry: 'acme', log })

// An adapter without writes is seeded by the backend's own means: see docs/conformance.md of modelgate.
const only = process.argv.slice(2)
const report = await runChecks({ connect, seed: seedByWrites(connect), ...(only.length > 0 && { only }) })
const count = (state) => report.results.filter((result) => result.state === state).length
console.log(formatReport(report))
console.log(`${count('passed')} passed, ${count('failed')} failed`)
process.exitCode = report.conforms ? 0 : 1
