import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer } from './start-server.ts'

const executablePath = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path && existsSync(path))
const quiet = '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking'
const args = `--headless ${quiet} --disable-component-update --disable-sync`.split(' ')

let browser: Browser

beforeAll(async () => {
  if (!executablePath) {
    throw new Error(
      'Chromium is missing. Install it (apt-get install chromium) or name it in the variable CHROMIUM.',
    )
  }
  browser = await chromium.launch({ executablePath, args })
}, 60_000)

afterAll(() => browser?.close())

/** Opens the page with everything that goes wrong on it, and every host it asks. */
async function open(url: string) {
  const page = await browser.newPage()
  const faults: string[] = []
  const hosts = new Set<string>()
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  page.on('request', (request) => hosts.add(new URL(request.url()).host))
  const response = await page.goto(url)
  expect(response?.status(), 'GraphiQL is built by: npm run prepare').toBe(200)
  await page.locator('.graphiql-query-editor').getByText('query Welcome').waitFor()
  return { page, faults, hosts }
}

async function execute(page: Page): Promise<unknown> {
  const [response] = await Promise.all([
    page.waitForResponse((candidate) => {
      const body = candidate.request().postData() ?? ''
      return candidate.url().endsWith('/graphql') && !body.includes('IntrospectionQuery')
    }),
    page.getByRole('button', { name: /execute query/i }).click(),
  ])
  return response.json()
}

/** Types a beginning and takes what the editor then offers first. */
async function complete(page: Page, beginning: string, offer: string): Promise<void> {
  await page.keyboard.type(beginning)
  const offered = page.locator('.suggest-widget.visible .monaco-list-row.focused')
  await offered.getByText(offer, { exact: true }).first().waitFor()
  await page.keyboard.press('Enter')
  await offered.waitFor({ state: 'hidden' })
}

const models = () => ({
  nodes: [
    {
      name: 'fraud-detector',
      registry: { name: 'main' },
      environment: null,
      aliases: [],
      latestVersion: null,
    },
  ],
  pageInfo: { hasNextPage: false, endCursor: null },
  complete: true,
  sources: [],
})

test('GraphiQL answers its first query, and asks no other host', { timeout: 60_000 }, async () => {
  const { url } = await startServer({ models })
  const { page, faults, hosts } = await open(url)
  const answer = await execute(page)
  expect(answer).toMatchObject({ data: { models: { nodes: [{ name: 'fraud-detector' }] } } })
  await page.locator('.result-window').getByText('fraud-detector').waitFor()
  expect(faults).toEqual([])
  expect([...hosts]).toEqual([new URL(url).host])
  await page.close()
})

test('a query that is typed is completed from the schema, and answered', { timeout: 60_000 }, async () => {
  const { url } = await startServer({ registries: () => [{ name: 'typed-main' }] })
  const { page, faults } = await open(url)
  await page.locator('.graphiql-query-editor .view-lines').click()
  await page.keyboard.press('Control+A')
  // The editor closes the brackets itself.
  await complete(page, '{ regis', 'registries')
  await complete(page, ' { na', 'name')
  expect(await execute(page)).toEqual({ data: { registries: [{ name: 'typed-main' }] } })
  await page.locator('.result-window').getByText('typed-main').waitFor()
  expect(faults).toEqual([])
  await page.close()
})

test('its files are cached for good, its page is not, and nothing else is served', async () => {
  const { url } = await startServer()
  const page = await fetch(url)
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(page.headers.get('cache-control')).toBe('no-cache')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  const [script = ''] = /graphiql\/client-\w+\.js/.exec(await page.text()) ?? []
  const file = await fetch(`${url}/${script}`)
  expect(file.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(file.headers.get('cache-control')).toContain('immutable')
  for (const path of ['/graphiql/..%2Fgraphql-door.js', '/graphiql/nothing.js', '/graphiql/']) {
    expect([path, (await fetch(url + path)).status]).toEqual([path, 404])
  }
})
