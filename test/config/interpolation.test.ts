// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the configuration's own placeholders
import { describe, expect, it } from 'vitest'
import { interpolate } from '../../src/config/interpolation.ts'
import { maskValues } from '../../src/config/value-mask.ts'
import { loadText, problemsOf } from './sample-directory.ts'

const registry = 'registries: [{ name: a, adapter: mlflow, environment: dev, url: "http://a:1"'

describe('interpolate', () => {
  it.each([
    ['${A}', 'one'],
    ['x-${A}-${B}', 'x-one-two'],
    ['$${A}', '${A}'],
    ['$$${A}', '$${A}'],
    ['${NO:-other}', 'other'],
    ['${NO:-}', ''],
    ['${A:-other}', 'one'],
    ['${EMPTY:-other}', 'other'],
    ['${EMPTY}', ''],
    ['${NO:-a:-b}', 'a:-b'],
  ])('%s gives %s', (text, expected) => {
    const result = interpolate(text, { A: 'one', B: 'two', EMPTY: '' })
    expect(result).toMatchObject({ text: expected, problems: [] })
  })

  it('leaves a text without ${ alone, and takes no value for a template', () => {
    expect(interpolate('a $5 {b}', {})).toBeNull()
    expect(interpolate('${A}', { A: '${B}', B: 'x' })?.text).toBe('${B}')
  })

  it.each(['${', '${}', '${A', '${A B}', '${A-x}', '${1A}'])('%s names no variable', (text) => {
    expect(interpolate(text, { A: 'one' })?.problems).toEqual([expect.stringContaining('names no variable')])
  })
})

describe('variables in a file', () => {
  it('give numbers and booleans where those are wanted, and text where text is', async () => {
    const config = await loadText(
      `${registry}, timeoutMs: "\${MS}", verify: "\${VERIFY}", auth: { bearer: "\${DIGITS}" } }]
server:
  port: \${PORT}
`,
      { env: { MS: '250', VERIFY: 'false', DIGITS: '0123', PORT: '8080' } },
    )
    expect(config.server.port).toBe(8080)
    expect(config.registries[0]).toMatchObject({
      timeoutMs: 250,
      options: { verify: false, auth: { bearer: '0123' } },
    })
  })

  it('are not filled in where the text itself stands in the file', async () => {
    expect(await problemsOf('server: { port: "8080" }')).toEqual([
      'modelgate.yaml:1:17 server.port: must be a number, not text; write for example 4000',
    ])
  })

  it('are named when they are not set, once and with nothing following from it', async () => {
    const text =
      'registries: [{ name: "${N}", adapter: "${A}", environment: "${E}", url: "${U}" }]\nserver: { port: "${P}" }'
    const problems = await problemsOf(text)
    expect(problems.map((line) => /variable (\w+) is not set/.exec(line)?.[1])).toEqual([
      'N',
      'A',
      'E',
      'U',
      'P',
    ])
    expect(problems[4]).toBe(
      'modelgate.yaml:2:17 server.port: the environment variable P is not set; set it, or write ${P:-default} to do without',
    )
  })

  it('need quotes within braces, and the message says so', async () => {
    expect(await problemsOf('server: { port: ${PORT} }')).toEqual([
      expect.stringContaining('put ${…} into quotes when it stands within { } or [ ]'),
    ])
  })

  it('never show what they hold', async () => {
    const secret = 'canary-4f1c'
    const places = [
      `server: { port: "${'${S}'}" }`,
      `server: { host: "${'${S}'}", ports: 1 }`,
      `environments: ["${'${S}'}", "${'${S}'}"]`,
      `registries: [{ name: "${'${S}'}", adapter: local, environment: dev }, { name: "${'${S}'}", adapter: local, environment: dev }]`,
      `registries: [{ name: a, adapter: "${'${S}'}", environment: dev }]`,
      `registries: [{ name: a, adapter: local, environment: "${'${S}'}" }]`,
      `registries: [{ name: a, adapter: "./${'${S}'}.js", environment: dev, optoins: {} }]`,
      `${registry}, auth: "${'${S}'}" }]`,
      `${registry.replace('http://a:1', '${S}')} }]`,
      `logicalModels: [{ registry: "${'${S}'}", name: "{${'${S}'}}" }]`,
      `database: { url: "${'${S}'}" }`,
    ]
    for (const text of places) {
      const problems = await problemsOf(text, { env: { S: secret } })
      expect(problems, text).not.toEqual([])
      expect(problems.join('\n'), text).not.toContain(secret)
    }
  })
})

describe('maskValues', () => {
  it('puts the name in the place of the value, the longer value first', () => {
    const values = [
      { variable: 'SHORT', value: 'abcd' },
      { variable: 'LONG', value: 'abcdef' },
    ]
    expect(maskValues('x abcdef abcd', values)).toBe('x ${LONG} ${SHORT}')
  })

  it('finds a plain word, a number and a short value where they stand, and not inside of others', () => {
    const values = [
      { variable: 'STAGE', value: 'production' },
      { variable: 'PORT', value: '5000' },
      { variable: 'ZONE', value: 'eu1' },
      { variable: 'TOKEN', value: 'pa55-w0rd' },
    ]
    const text = 'productions 15000 eu10 production:5000/eu1 Bearerpa55-w0rd'
    expect(maskValues(text, values)).toBe('productions 15000 eu10 ${STAGE}:${PORT}/${ZONE} Bearer${TOKEN}')
  })

  it('finds a very short value as a word only', () => {
    expect(maskValues('a cat', [{ variable: 'A', value: 'a' }])).toBe('${A} cat')
    expect(maskValues('x', [{ variable: 'EMPTY', value: '' }])).toBe('x')
  })
})
