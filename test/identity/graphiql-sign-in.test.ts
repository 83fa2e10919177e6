import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openGuardedGateway } from './open-gateway.ts'
import { clientSecret, startOpenIdProvider } from './open-id-provider.ts'

const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
  (path) => path && existsSync(path),
)
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run']

let browser: Browser

beforeAll(async () => {
  if (!executablePath) throw new Error('Chromium is missing: apt-get install chromium, or set CHROMIUM.')
  browser = await chromium.launch({ executablePath, args })
}, 60_000)

afterAll(() => browser?.close())

test('GraphiQL shows who one is, and signs in and out', { timeout: 60_000 }, async () => {
  const provider = await startOpenIdProvider()
  const gateway = await openGuardedGateway(
    {
      auth: {
        login: {
          issuer: provider.issuer,
          clientId: 'modelgate',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration's own placeholder
          clientSecret: '${OIDC_SECRET}',
        },
      },
    },
    { OIDC_SECRET: clientSecret },
  )
  provider.allow(`${gateway.url}/login/callback`)
  const page = await browser.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.goto(gateway.url)
  await page.getByText('Not signed in').waitFor()
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.locator('input[name=login]').fill('ann')
  await page.locator('input[name=password]').fill('any')
  await page.getByRole('button', { name: /sign-in/i }).click()
  await page.getByRole('button', { name: /continue/i }).click()
  await page.getByText('user:ann').waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByText('Not signed in').waitFor()
  expect(faults).toEqual([])
  await page.close()
})
