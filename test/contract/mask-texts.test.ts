import { describe, expect, it } from 'vitest'
import { maskTexts } from '../../src/contract/index.ts'

const secret = 'p+ss w/rd-"hunter2'

describe('the mask of secrets', () => {
  it.each([
    ['as it is', secret],
    ['in a URL', encodeURIComponent(secret)],
    ['in a URL, with small letters', encodeURIComponent(secret).toLowerCase()],
    ['in a form', new URLSearchParams([['a', secret]]).toString()],
    ['in JSON', JSON.stringify({ secret })],
    ['in base64', `Basic ${Buffer.from(secret).toString('base64')}`],
    ['in base64 of URLs', Buffer.from(secret).toString('base64url')],
  ])('finds one %s', (_, text) => {
    const masked = maskTexts(`They said: ${text}!`, [secret])
    expect(masked).toContain('***')
    expect(masked).not.toContain(text)
    expect(masked).not.toContain('hunter2')
  })

  it('leaves other words alone', () => {
    expect(maskTexts('devices of dev', ['dev', ''])).toBe('devices of ***')
    expect(maskTexts('nothing', [])).toBe('nothing')
  })
})
