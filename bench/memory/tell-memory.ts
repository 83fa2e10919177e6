/** Loaded into the gateway's process by `--import`: when it is asked it collects garbage and says what is left, in MB. */
const collect = globalThis.gc
process.on('message', () => {
  const before = toMegabytes(process.memoryUsage())
  collect?.()
  process.send?.({ before, after: toMegabytes(process.memoryUsage()) })
})
// Nothing that the gateway waits for.
process.channel?.unref()

function toMegabytes({ rss, heapTotal, heapUsed, external, arrayBuffers }: NodeJS.MemoryUsage) {
  return Object.fromEntries(
    Object.entries({ rss, heapTotal, heapUsed, external, arrayBuffers }).map(([name, bytes]) => [
      name,
      Math.round(bytes / 1e6),
    ]),
  )
}
