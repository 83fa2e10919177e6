import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { connectionKeys } from '../../../src/adapters/http/connection-config.ts'

const schema = z.strictObject(connectionKeys)
const url = 'https://models.example:8443/mlflow'

const messagesOf = (value: unknown): string[] =>
  schema.safeParse(value).error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? []

describe('the configuration of a connection', () => {
  it('takes a URL with a path, and eight connections unless told otherwise', () => {
    expect(schema.parse({ url })).toEqual({ url, connections: 8, keepAliveMs: 4000 })
  })

  it.each([
    ['not a url', 'url: is not a URL; write http://host:port'],
    ['ftp://models.example', 'url: must be an http or https URL'],
    ['http://models.example/?a=1', 'url: must end with its path, without ? and #'],
    [
      'http://ann:secret@models.example',
      'url: must not hold credentials; put them under auth: { basic: { username, password } }',
    ],
  ])('refuses the URL %s', (bad, message) => {
    expect(messagesOf({ url: bad })).toEqual([message])
  })

  it('never repeats a password in what it says', () => {
    expect(messagesOf({ url: 'http://ann:hunter2@models.example' }).join()).not.toContain('hunter2')
  })

  it.each([
    [{ basic: { username: 'ann', password: 'x' } }],
    [{ bearer: 'token' }],
    [{ headers: { 'X-Api-Key': 'k' } }],
  ])('takes one way to prove who it is: %j', (auth) => {
    expect(schema.parse({ url, auth })).toMatchObject({ auth })
  })

  it.each([
    [{}],
    [{ bearer: 'a', headers: { 'X-Api-Key': 'k' } }],
    [{ bearer: 'two\nlines' }],
    [{ headers: { 'not a header': 'k' } }],
    [{ token: 'x' }],
  ])('refuses auth %j', (auth) => {
    expect(messagesOf({ url, auth })).not.toEqual([])
  })

  it('takes certificates as text, or from a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'modelgate-tls-'))
    const file = join(folder, 'ca.pem')
    const text = '-----BEGIN CERTIFICATE-----\nfrom the file\n'
    writeFileSync(file, text)
    try {
      expect(schema.parse({ url, tls: { ca: file, cert: '-----BEGIN CERTIFICATE-----' } }).tls).toEqual({
        ca: text,
        cert: '-----BEGIN CERTIFICATE-----',
      })
      expect(messagesOf({ url, tls: { ca: join(folder, 'absent.pem') } })).toEqual([
        expect.stringMatching(/^tls\.ca: is neither PEM text nor a file that can be read/),
      ])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('describes every key', () => {
    for (const [key, part] of Object.entries(z.toJSONSchema(schema, { io: 'input' }).properties ?? {})) {
      expect(part, key).toHaveProperty('description')
    }
  })
})
