import { describe, expect, it } from 'vitest'
import { openLog } from '../../src/cli/open-log.ts'
import { RegistryError } from '../../src/contract/index.ts'
import { RegistryFailure } from '../../src/federation/errors/registry-failure.ts'

/** What one line says. */
function logged(err: unknown) {
  const lines: string[] = []
  const { log } = openLog('info', { write: (text) => lines.push(text) })
  log.warn({ err }, 'a message')
  return JSON.parse(lines.join(''))
}

describe('a line of the log', () => {
  it('has its level in words', () => {
    expect(logged(undefined)).toMatchObject({ level: 'warn', msg: 'a message' })
  })

  it('shows no stack of a refused connection, and the messages of all its causes', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' })
    const failure = new RegistryError('REGISTRY_UNAVAILABLE', 'The connection was refused.', {
      cause: refused,
    })
    const { err } = logged(failure)
    expect(err).toEqual({
      type: 'RegistryError',
      code: 'REGISTRY_UNAVAILABLE',
      message: 'The connection was refused.',
      cause: { type: 'Error', code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:1' },
    })
  })

  it('shows the stack of a mistake in the code, also below one of a registry', () => {
    const mistake = new TypeError('x is not a function')
    expect(logged(mistake).err.stack).toContain('open-log.test.ts')
    const failure = new RegistryError('REGISTRY_ERROR', 'It failed.', { cause: mistake })
    expect(logged(failure).err.cause.stack).toContain('open-log.test.ts')
  })

  it('shows where the gateway gave a failure the name of its registry, and the code below', () => {
    const { err } = logged(new RegistryFailure('main', new RegistryError('FORBIDDEN', 'No.')))
    expect(err).toEqual({
      type: 'RegistryFailure',
      message: 'No.',
      stack: expect.stringContaining('open-log.test.ts'),
      cause: { type: 'RegistryError', code: 'FORBIDDEN', message: 'No.' },
    })
  })

  it('ends a chain of causes that has no end', () => {
    const error = new Error('again')
    error.cause = error
    expect(JSON.stringify(logged(error)).length).toBeLessThan(20_000)
  })
})
