import { installPythonEnvironment, pythonOf } from '../environment/python-environment.ts'
import { runCommand } from '../environment/run-command.ts'

/** As in the example's own `test/moto-python.ts`. */
const version = '5.2.5'

/** Installs the server of moto into the cache unless it is there; gives its Python. */
export const installMoto = (say: (line: string) => void): Promise<string> =>
  installPythonEnvironment(
    {
      name: `moto-${version}`,
      title: `moto ${version}`,
      effort: 'about 150 MB, about a minute',
      requirements: [`moto[server]==${version}`],
      runs: async (folder) => {
        const script = "import importlib.metadata; print(importlib.metadata.version('moto'))"
        return (await runCommand(pythonOf(folder), ['-c', script])).trim() === version
      },
    },
    say,
  )
