import { installPythonEnvironment, pythonOf } from './python-environment.ts'
import { runCommand } from './run-command.ts'

const version = '1.28.1'

/** Installs Microsoft's Python client of Azure ML into the cache unless it is there; gives its Python. */
export const installAzureAiMl = (say: (line: string) => void): Promise<string> =>
  installPythonEnvironment(
    {
      name: `azure-ai-ml-${version}`,
      title: `azure-ai-ml ${version}`,
      effort: 'about 300 MB, about a minute',
      requirements: [`azure-ai-ml==${version}`],
      runs: async (folder) => {
        const script = "import importlib.metadata; print(importlib.metadata.version('azure-ai-ml'))"
        return (await runCommand(pythonOf(folder), ['-c', script])).trim() === version
      },
    },
    say,
  )
