import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const requirement = 'moto[server]==5.2.5'
const folder = fileURLToPath(new URL('../.venv', import.meta.url))

/** The Python that has moto: that of MOTO_PYTHON, or one that is set up beside the package, once. */
export async function findMotoPython(): Promise<string> {
  const given = process.env.MOTO_PYTHON
  if (given) return given
  const python = `${folder}/bin/python`
  if (existsSync(`${folder}/bin/moto_server`)) return python
  console.log(`installing ${requirement} into ${folder}: once, about 150 MB`)
  await run('python3', ['-m', 'venv', folder])
  await run(python, ['-m', 'pip', 'install', '--quiet', requirement])
  return python
}
