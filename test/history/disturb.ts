import { setTimeout as wait } from 'node:timers/promises'
import { faults } from '../environment/fault-mode.ts'
import type { Random } from '../environment/random.ts'
import type { Fleet, Member } from './fleet.ts'

const hour = 3_600_000
/** Longer than any lease lasts that nobody renews. */
const pastLeaseMs = 6500
const disturbances = { kill: 2, suspend: 3, clock: 3 }

export interface Disturbing {
  /** Whether there is time to wait until a lease has run out. */
  readonly isPatient: boolean
  readonly stop: AbortSignal
}

/** Lets go wrong whatever can, one thing at a time, until it is told to stop; then all is well again. */
export async function disturb(fleet: Fleet, random: Random, { isPatient, stop }: Disturbing): Promise<void> {
  while (!stop.aborted) {
    await wait(random.between(50, 400))
    const member = random.pick(fleet.members)
    const kind = random.pickBy({
      ...disturbances,
      ...(isPatient && { suspendPastLease: 1 }),
      ...(member.proxy && { upstream: 6 }),
    })
    await strike(kind, member, random)
  }
  for (const { process } of fleet.members) process.send({ clockShiftMs: 0 })
}

async function strike(
  kind: keyof typeof disturbances | 'suspendPastLease' | 'upstream',
  { process, proxy }: Member,
  random: Random,
): Promise<void> {
  switch (kind) {
    case 'kill':
      await process.stop('SIGKILL')
      await wait(random.between(0, 200))
      await process.start()
      break
    case 'suspend':
    case 'suspendPastLease':
      process.suspend()
      await wait(kind === 'suspend' ? random.between(20, 700) : pastLeaseMs)
      process.continue()
      break
    case 'clock':
      process.send({ clockShiftMs: Math.round(random.between(-2 * hour, 2 * hour)) })
      break
    case 'upstream':
      await proxy?.setMode(random.pick(upstreamFaults))
      await wait(random.between(20, 500))
      await proxy?.setMode(faults.pass)
      break
  }
}

const upstreamFaults = [
  ...[faults.loseAnswer, faults.swallowAnswer, faults.reset, faults.refuse, faults.hang],
  ...[faults.delay(300), faults.html500, faults.status(503), faults.tooManyRequests('0')],
]
