import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request as requestTls } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../environment/run-command.ts'
import { doubleCertificate } from './double-certificate.ts'

const main = join(import.meta.dirname, 'main.ts')

let folder: string
let child: ChildProcess | undefined
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-double-'))
  await writeFile(join(folder, 'cert.pem'), doubleCertificate.cert)
  await writeFile(join(folder, 'key.pem'), doubleCertificate.key)
})
afterAll(() => rm(folder, { recursive: true, force: true }))
afterEach(() => {
  child?.kill('SIGKILL')
  child = undefined
})

const start = async (...args: string[]): Promise<string> => {
  child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  if (child.stdout === null) throw new Error('no output to read')
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return line.replace('azure double listens on ', '')
}

const path =
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/models'

describe('the double on its own', () => {
  it('speaks HTTP without a certificate, and ends when told to', async () => {
    const url = await start()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const response = await fetch(`${url}${path}?api-version=2024-04-01`, {
      headers: { authorization: 'Bearer any' },
    })
    expect(await response.json()).toEqual({ value: [] })
    const ended = once(child as ChildProcess, 'exit')
    child?.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
  })

  it('speaks HTTPS with one', async () => {
    const url = await start('--cert', join(folder, 'cert.pem'), '--key', join(folder, 'key.pem'))
    expect(url).toMatch(/^https:/)
    const request = requestTls(`${url}${path}`, { ca: doubleCertificate.cert }).end()
    const [response] = await once(request, 'response')
    expect(response.statusCode).toBe(401)
    response.resume()
  })

  it('explains itself, and refuses half a certificate', async () => {
    expect(await runCommand(process.execPath, [main, '--help'])).toContain('npm run double:azure')
    const half = runCommand(process.execPath, [main, '--cert', join(folder, 'cert.pem')])
    await expect(half).rejects.toThrow('--cert and --key go together')
    await expect(runCommand(process.execPath, [main, '--port', 'x'])).rejects.toThrow('--port x is no port')
  })
})
