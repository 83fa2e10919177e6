import { allows, type Seeding } from './seeding.ts'

/** `null` where the registry takes no such text. */
export function legalDescription(seeding: Seeding, owner: string, description: string | null): string | null {
  const { naming } = seeding.description
  if (description === null) return null
  return allows(seeding, `the description of ${owner}`, naming.description, description) ? description : null
}
