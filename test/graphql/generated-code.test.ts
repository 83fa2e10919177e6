import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const require = createRequire(import.meta.url)

test('the generated code is that of the schema: npm run codegen changes nothing', {
  timeout: 60_000,
}, async () => {
  const manifest = require.resolve('@graphql-codegen/cli/package.json')
  const { bin } = require('@graphql-codegen/cli/package.json') as { bin: Record<string, string> }
  const generator = join(dirname(manifest), bin['graphql-codegen'] ?? '')
  const check = promisify(execFile)(process.execPath, [generator, '--config', 'codegen.yml', '--check'])
  await expect(check).resolves.toBeDefined()
})
