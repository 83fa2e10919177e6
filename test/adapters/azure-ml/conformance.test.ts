import { describeOwnAdapter } from '../../conformance/reports/describe-own-adapter.ts'
import { azureOnDoubles } from '../../conformance/reports/own-adapters.ts'

for (const adapter of azureOnDoubles) await describeOwnAdapter(adapter)
