// Loaded into a gateway before all else: lets a test set its wall clock wrong. What runs on since the start of the
// process, as timers do, goes on as before.
const { now } = Date
let shift = 0

Date.now = () => now() + shift
globalThis.Date = new Proxy(Date, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [target.now()] : given, newTarget),
})

process.on('message', (message: { readonly clockShiftMs?: number }) => {
  shift = message.clockShiftMs ?? shift
})
process.channel?.unref()

export {}
