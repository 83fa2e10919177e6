import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { abilities } from '../../../src/federation/permissions/abilities.ts'

const words: Readonly<Record<string, string>> = {
  ANYBODY: 'nothing',
  SIGNED_IN: 'being signed in',
  ADMINISTRATOR: 'being an administrator',
}

it('stands in the documentation as it is', () => {
  const page = readFileSync(new URL('../../../docs/security.md', import.meta.url), 'utf8')
  const table = Object.values(abilities).map(
    ({ words: ability, takes }) => `| ${ability} | ${words[takes] ?? takes} |`,
  )
  expect(page).toContain(['| --- | --- |', ...table].join('\n'))
})
