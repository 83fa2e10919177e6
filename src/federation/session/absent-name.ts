import { createHmac, randomBytes } from 'node:crypto'

const key = randomBytes(32)
const marked = 24
/** Names longer than that need not be legal everywhere. */
const longest = 100

/**
 * A name that no model has, and that a registry treats as it treats this one: of the same characters where they matter,
 * and always the same for the same name, so that it is looked for as often as the name itself would be.
 */
export function absentName(registry: string, model: string): string {
  const mark = createHmac('sha256', key)
    .update(JSON.stringify([registry, model]))
    .digest('hex')
    .slice(0, marked)
  const characters = [...model]
  const kept = characters.length <= longest ? characters : characters.slice(0, -marked)
  return `${kept.join('')}${mark}`
}
