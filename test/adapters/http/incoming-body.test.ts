import { describe, expect, it } from 'vitest'
import { IncomingBody } from '../../../src/adapters/http/incoming-body.ts'

function newBody() {
  const told: string[] = []
  const body = new IncomingBody({
    pause: () => told.push('pause'),
    resume: () => told.push('resume'),
    leave: () => told.push('leave'),
  })
  return { body, told }
}

async function textOf(body: IncomingBody): Promise<string> {
  return Buffer.concat(await body.all()).toString()
}

const large = Buffer.alloc(40 * 1024, 'x')

describe('the body of an answer', () => {
  it('is one text, also where characters are cut and some of it came before it was taken', async () => {
    const { body, told } = newBody()
    const bytes = Buffer.from('a€😀b')
    body.add(bytes.subarray(0, 2))
    const text = textOf(body)
    for (const byte of bytes.subarray(2)) body.add(Buffer.from([byte]))
    body.end()
    expect(await text).toBe('a€😀b')
    expect(told).toEqual([])
  })

  it('is there at once where all of it has come', () => {
    const { body } = newBody()
    body.add(large)
    body.end()
    expect(body.all()).toEqual([large])
  })

  it('comes no faster than it is taken', async () => {
    const { body, told } = newBody()
    body.add(large)
    expect(told).toEqual([])
    body.add(large)
    body.add(large)
    expect(told).toEqual(['pause'])
    const chunks = body[Symbol.asyncIterator]()
    for (let taken = 0; taken < 3; taken++) expect((await chunks.next()).value).toBe(large)
    expect(told).toEqual(['pause'])
    const next = chunks.next()
    await expect.poll(() => told).toEqual(['pause', 'resume'])
    body.add(large)
    body.end()
    expect((await next).value).toBe(large)
    expect(await chunks.next()).toMatchObject({ done: true })
    expect(told).toEqual(['pause', 'resume'])
  })

  it('is left by whoever takes no more of it', async () => {
    const { body, told } = newBody()
    body.add(large)
    for await (const chunk of body) {
      expect(chunk).toBe(large)
      break
    }
    expect(told).toEqual(['leave'])
  })

  it.each(['before', 'while'])('says what broke it off %s it is taken', async (when) => {
    const broken = new Error('broken')
    for (const take of [
      textOf,
      async (body: IncomingBody) => {
        for await (const _ of body);
      },
    ]) {
      const { body, told } = newBody()
      body.add(large)
      if (when === 'before') body.fail(broken)
      const taken = expect(take(body)).rejects.toBe(broken)
      if (when === 'while') setImmediate(() => body.fail(broken))
      await taken
      expect(told).toEqual([])
    }
  })
})
