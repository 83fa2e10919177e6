import { expect, it } from 'vitest'
import { toAsset } from '../../../src/adapters/azure-ml/reads/asset.ts'
import { toModelRecord } from '../../../src/adapters/azure-ml/reads/to-records.ts'

const wire = {
  name: 'm',
  properties: { description: 'A model.', tags: { team: 'fraud' }, isArchived: false },
  systemData: { createdAt: '2026-01-02T03:04:05Z', lastModifiedAt: '2026-01-02T03:04:06Z' },
}
const whole = toModelRecord(toAsset(wire))

it.each([
  ['systemData', 'createdAt'],
  ['systemData', 'lastModifiedAt'],
  ['properties', 'description'],
] as const)('what cannot be shown of %s.%s is none, and all else of the record stands', (owner, field) => {
  const names: Record<string, string> = { lastModifiedAt: 'updatedAt' }
  for (const junk of [5, true, {}, [], '31st of June'].slice(0, field === 'description' ? 4 : 5)) {
    const spoilt = { ...wire, [owner]: { ...wire[owner], [field]: junk } }
    expect(toModelRecord(toAsset(spoilt))).toEqual({ ...whole, [names[field] ?? field]: null })
  }
})
