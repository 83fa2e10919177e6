/** The whole conformance suite; ends with `N passed, N failed`. */
import { type ConformanceFixture, formatReport, runChecks, seedByWrites } from 'modelgate/conformance'
import { connectTo, credentials } from './connect.ts'
import { findMotoPython } from './moto-python.ts'
import { startMoto } from './moto-server.ts'

const moto = await startMoto(await findMotoPython(), { completed: true })
const connect = () => connectTo(moto.url)
/** Moto takes 5 ms for a request, and half of the filters need one for each version. */
const seed = (fixture: ConformanceFixture) => {
  const models = fixture.models.map((model) => ({ ...model, versions: model.versions.slice(0, 12) }))
  return seedByWrites(connect)({ ...fixture, models })
}
try {
  const report = await runChecks({
    connect,
    seed,
    connectFaulty: ({ url }) => connectTo(url),
    secrets: [credentials.secretAccessKey],
    effort: 'quick',
  })
  console.log(formatReport(report))
  process.exitCode = report.conforms ? 0 : 1
} finally {
  await moto.close()
}
