import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { installMlflow } from './mlflow-installation.ts'

let root: string
let folder: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'modelgate-install-'))
  folder = join(root, 'mlflow')
  await program(join(root, 'bin', 'python3'), fakePython)
  vi.stubEnv('PATH', `${join(root, 'bin')}:/usr/bin:/bin`)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(root, { recursive: true, force: true })
})

const program = async (path: string, script: string) => {
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, `#!/bin/sh\n${script}`)
  await chmod(path, 0o755)
}

/** A Python that makes a virtual environment whose pip installs an MLflow that only knows its version. */
const fakePython = `
case "$1 $2" in
  "-c "*) echo 3 12 ;;
  "-m venv") mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
  "-m pip")
    here=$(dirname "$0"); echo pip >> "$here/../calls"
    test -e "$here/../../offline" && { echo "no network" >&2; exit 1; }
    printf '#!/bin/sh\\necho "mlflow, version 3.17.2"\\n' > "$here/mlflow"; chmod +x "$here/mlflow" ;;
esac
`
const calls = async () => (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n').length
const said: string[] = []
const install = () => {
  said.length = 0
  return installMlflow('3.17.2', (line) => said.push(line), folder)
}

describe('installMlflow', () => {
  it('installs once, says so, and finds it again', async () => {
    expect(await install()).toBe(join(folder, 'bin', 'python'))
    expect(said).toEqual([expect.stringContaining('installing MLflow 3.17.2')])
    await install()
    expect(said).toEqual([])
    expect(await calls()).toBe(1)
  })

  it('starts again after an interrupted installation', async () => {
    await program(join(folder, 'bin', 'mlflow'), 'exit 1')
    await writeFile(join(folder, 'left-over'), '')
    await install()
    expect(said).toHaveLength(1)
    await expect(readFile(join(folder, 'left-over'))).rejects.toThrow('ENOENT')
  })

  it('takes over an environment made by hand, and adds what it lacks', async () => {
    await program(join(folder, 'bin', 'python'), fakePython)
    await program(join(folder, 'bin', 'mlflow'), 'echo "mlflow, version 3.17.2"')
    await install()
    expect(said).toEqual([])
    expect(await calls()).toBe(1)
  })

  it('installs once when two runs come at once', async () => {
    await Promise.all([install(), install()])
    expect(await calls()).toBe(1)
  })

  it('leaves no mark when the installation fails', async () => {
    await writeFile(join(root, 'offline'), '')
    await expect(install()).rejects.toThrow('no network')
    await rm(join(root, 'offline'))
    await install()
    expect(said).toHaveLength(1)
  })

  it('names what is missing without a Python', async () => {
    vi.stubEnv('PATH', join(root, 'nowhere'))
    await expect(install()).rejects.toThrow('no Python 3.10 or newer')
  })
})
