/**
 * The whole conformance suite on the real moto; and once more, on moto with what it lacks, the checks that fail for its
 * gaps and have to pass without them. Ends with `N passed, N failed`.
 */
import { formatReport, type Report, runChecks } from 'modelgate/conformance'
import { connectTo, credentials, openSdk } from './connect.ts'
import { ofMoto, ofSagemaker } from './deviations.ts'
import { findMotoPython } from './moto-python.ts'
import { startMoto } from './moto-server.ts'
import { seed } from './seed.ts'

const python = await findMotoPython()

const reports = await Promise.all([
  check('moto as it is', { completed: false, deviations: { ...ofSagemaker, ...ofMoto } }),
  check('moto with what it lacks', { completed: true, deviations: {}, only: Object.keys(ofMoto) }),
])

const count = (state: string) =>
  reports.flatMap(({ results }) => results).filter((result) => result.state === state).length
const failed = reports.filter(({ conforms }) => !conforms).length
console.log(`${count('passed')} passed, ${count('failed') + count('mended')} failed`)
process.exitCode = failed === 0 ? 0 : 1

async function check(
  name: string,
  {
    completed,
    ...options
  }: { completed: boolean; deviations: Readonly<Record<string, string>>; only?: readonly string[] },
): Promise<Report> {
  const moto = await startMoto(python, { completed })
  try {
    const report = await runChecks({
      ...options,
      connect: () => connectTo(moto.url),
      seed: (fixture) => seed(openSdk(moto.url), fixture),
      connectFaulty: ({ url }) => connectTo(url),
      secrets: [credentials.secretAccessKey],
      effort: 'quick',
    })
    console.log(`${name}:\n${formatReport(report)}\n`)
    return report
  } finally {
    await moto.close()
  }
}
