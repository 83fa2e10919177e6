const ticksPerSecond = 10_000_000n
const ticksPerMillisecond = 10_000n

/** Counts in ticks of 100 ns, as the service's timestamps do, and never gives the same one twice. */
export class AzureClock {
  #last = 0n

  now(): bigint {
    const milliseconds = performance.timeOrigin + performance.now()
    const ticks = BigInt(Math.round(milliseconds * Number(ticksPerMillisecond)))
    this.#last = ticks > this.#last ? ticks : this.#last + 1n
    return this.#last
  }
}

/** Up to seven digits of a second without zeros at the end, and `+00:00`: `2022-09-16T03:00:14.62793+00:00`. */
export const formatAzureTime = (ticks: bigint): string => {
  const seconds = new Date(Number(ticks / ticksPerMillisecond)).toISOString().slice(0, 19)
  const fraction = `${ticks % ticksPerSecond}`.padStart(7, '0').replace(/0+$/, '')
  return `${seconds}${fraction === '' ? '' : `.${fraction}`}+00:00`
}
