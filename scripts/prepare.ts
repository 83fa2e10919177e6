/**
 * Builds what `npm start` needs, so that nothing is compiled at start: `src` into few files in `dist`, and GraphiQL into
 * `dist/graphql/graphiql`. Run by npm after `npm ci`.
 */
import { execFileSync } from 'node:child_process'
import { rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { resolve } = createRequire(import.meta.url)

if (hasTools(['typescript/package.json', 'esbuild/package.json', 'graphiql/package.json'])) {
  // Built beside and then swapped: `npm exec` prepares anew, also while a gateway runs from here.
  const next = join(root, `dist-${process.pid}`)
  try {
    declareTypes(next)
    const { bundleGateway } = await import('./bundle-gateway.ts')
    const gateway = await bundleGateway(root, next)
    const { bundleGraphiql } = await import('./bundle-graphiql.ts')
    const graphiql = await bundleGraphiql(root, join(next, 'graphql/graphiql'))
    const { bundledLicences } = await import('./bundled-licences.ts')
    await writeFile(join(next, 'LICENCES.txt'), await bundledLicences(root, [...gateway, ...graphiql]))
    await rm(join(root, 'dist'), { recursive: true, force: true })
    await rename(next, join(root, 'dist'))
    await warmUp()
  } finally {
    await rm(next, { recursive: true, force: true })
  }
} else {
  console.log('modelgate: the development dependencies are not installed, so nothing is built.')
}

/** The first start is as fast as the others then; it starts without as well. */
async function warmUp(): Promise<void> {
  const { warmCompiledCode } = await import('./warm-compiled-code.ts')
  try {
    await warmCompiledCode(root)
  } catch (error) {
    console.warn(
      `modelgate: the first start will compile its code. ${error instanceof Error ? error.message : error}`,
    )
  }
}

function hasTools(names: readonly string[]): boolean {
  try {
    for (const name of names) resolve(name)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return false
    throw error
  }
}

/** Of what plug-ins import. */
function declareTypes(folder: string): void {
  const compiler = join(dirname(resolve('typescript/package.json')), 'bin/tsc')
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--outDir', folder], {
    cwd: root,
    stdio: 'inherit',
  })
}
