/** Loaded into a gateway by `--import`, tells whoever started it for how long its event loop was late, in ms. */
import { monitorEventLoopDelay } from 'node:perf_hooks'

const resolution = 10
const delay = monitorEventLoopDelay({ resolution })
delay.enable()

process.on('message', () => {
  process.send?.({ p99Ms: delay.percentile(99) / 1e6 - resolution, mostMs: delay.max / 1e6 - resolution })
})
// Nothing that the gateway waits for.
process.channel?.unref()
