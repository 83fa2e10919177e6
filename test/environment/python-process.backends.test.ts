import { expect, inject, it } from 'vitest'
import { runPython } from './python.ts'
import { PythonProcess } from './python-process.ts'

const { python } = inject('mlflow')['3.17.2']

it('scripts share a process and what they have imported, and no names', async () => {
  const first = await runPython(python, 'import os, colorsys\nkept = 1\nresult = os.getpid()')
  const script = `import os, sys\nresult = [os.getpid(), 'colorsys' in sys.modules, 'kept' in globals()]`
  expect(await runPython(python, script)).toEqual([first, true, false])
  expect(await runPython(python, 'import os\nresult = os.getpid()', { env: { OTHER: '1' } })).not.toBe(first)
})

it('scripts that are asked for at once each have their own answer, whatever they print', async () => {
  const script = `print('{"result": 0, "error": null}')\nresult = argument * 2`
  const answers = [1, 2, 3].map((argument) => runPython(python, script, { argument }))
  expect(await Promise.all(answers)).toEqual([2, 4, 6])
})

it('a script that fails says why, and the next one runs', async () => {
  await expect(runPython(python, 'raise ValueError("not so")')).rejects.toThrow('ValueError: not so')
  await expect(runPython(python, 'result = object()')).rejects.toThrow('is not JSON serializable')
  expect(await runPython(python, 'result = 5')).toBe(5)
})

it('a script that does not end is ended, and the next one has a process of its own', async () => {
  const endless = runPython(python, 'while True: pass', { timeoutMs: 300 })
  await expect(endless).rejects.toThrow('no end after 0.3 s')
  expect(await runPython(python, 'result = 5')).toBe(5)
})

it('a process that cannot be started, or ends by itself, says so', async () => {
  const absent = new PythonProcess('/there/is/no/python', {})
  await expect(absent.run({ script: '', argument: null }, 5_000)).rejects.toThrow('ENOENT')
  const exiting = `import os, sys\nprint('about to end', file=sys.stderr, flush=True)\nos._exit(3)`
  await expect(runPython(python, exiting)).rejects.toThrow('ended with 3: about to end')
})
