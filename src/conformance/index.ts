export type { Check, CheckContext, CountedCall, Level, Need } from './check.ts'
export { NotApplicable } from './check.ts'
export { allChecks } from './checks/index.ts'
export type { Fault, FaultyBackend } from './faults/fault.ts'
export { type FaultServer, startFaultServer } from './faults/fault-server.ts'
export { matchesModel, matchesVersion, type VersionFacts } from './filters/reference-filter.ts'
export { createFixture } from './fixture/create-fixture.ts'
export type {
  ConformanceFixture,
  FixtureModel,
  FixtureVersion,
  HiddenModel,
  NotStored,
  SeededFixture,
} from './fixture/fixture.ts'
export { type SeedOptions, seedByWrites } from './fixture/seed-by-writes.ts'
export type { Truth } from './fixture/truth.ts'
export type { OwnConformance } from './own-conformance.ts'
export { describeConformance, type TestRunner } from './report/describe-conformance.ts'
export { formatReport } from './report/format-report.ts'
export type { CheckResult, Report, ResultState } from './report/report.ts'
export { type RunOptions, runChecks } from './run-checks.ts'
export { type ConformanceOptions, type ConformanceSession, openSession } from './session.ts'
