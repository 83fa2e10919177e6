import { afterEach } from 'vitest'
import type { Adapter, Call } from '../../../../src/contract/index.ts'
import { newCall } from '../../counted-call.ts'
import { type AlteredAzure, startAlteredAzure } from '../altered-azure.ts'
import { type DoubleInUse, doubleInUse } from '../double-in-use.ts'
import { openAzure } from '../open-registry.ts'

type Answer = Parameters<typeof startAlteredAzure>[1]

export interface ProbesInUse {
  readonly azure: DoubleInUse
  /** Through something that changes what the double is asked, or answers. */
  openAltered(answer: Answer): Promise<Adapter>
  /** What one probe finds. */
  find(adapter: Adapter, title: string, call?: Call): Promise<string>
  /** What all of them find, with their titles. */
  findAll(adapter: Adapter): Promise<string[]>
  /** Of the container that the probes have made, below the workspace. */
  ownPath(): string
}

/** A double for the tests of a file, and what tries its probes. */
export function probesInUse(): ProbesInUse {
  const azure = doubleInUse()
  const opened: (Adapter | AlteredAzure)[] = []
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close()
  })
  return {
    azure,
    openAltered: async (answer) => {
      const altered = await startAlteredAzure(azure.double.url, answer)
      const adapter = await openAzure(altered.url)
      opened.push(adapter, altered)
      return adapter
    },
    find: async ({ probes = [] }, title, call = newCall()) => {
      const probe = probes.find((each) => each.title === title)
      if (probe === undefined)
        throw new Error(`no ${title} among ${probes.map((each) => each.title).join(', ')}`)
      return probe.run(call)
    },
    findAll: async ({ probes = [] }) => {
      const found: string[] = []
      for (const probe of probes) found.push(`${probe.title}: ${await probe.run(newCall())}`)
      return found
    },
    ownPath: () => {
      const put = azure.double.log.requests.find(({ method }) => method === 'PUT')
      return put?.path.match(/models\/modelgate-probe-[0-9a-f]{8}/)?.[0] ?? 'nothing was put'
    },
  }
}
