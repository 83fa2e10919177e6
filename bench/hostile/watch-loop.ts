/** Loaded before a gateway (`node --import`), tells whoever started it how long its event loop was held. */
let before = { at: performance.now(), cpu: process.threadCpuUsage() }
let longest = { wallMs: 0, cpuMs: 0 }

function tick(): void {
  const at = performance.now()
  const { user, system } = process.threadCpuUsage(before.cpu)
  longest = {
    wallMs: Math.max(longest.wallMs, at - before.at),
    cpuMs: Math.max(longest.cpuMs, (user + system) / 1000),
  }
  before = { at, cpu: process.threadCpuUsage() }
}

setInterval(tick, 1).unref()

process.on('message', () => {
  tick()
  process.send?.({ ...longest, peakMb: process.resourceUsage().maxRSS / 1024 })
  longest = { wallMs: 0, cpuMs: 0 }
})
process.channel?.unref()
