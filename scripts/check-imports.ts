import { cruise, type IReporterOutput } from 'dependency-cruiser'
import { importRules, isInRoom } from './import-rules.ts'

export interface ImportCheck {
  modules: number
  problems: string[]
}

/** Reads every import below `src/` of a project and says which ones break the rules. */
export const checkImports = async (projectFolder: string): Promise<ImportCheck> => {
  const { output } = await cruise(
    ['src'],
    {
      baseDir: projectFolder,
      // Without swc it knows no TypeScript 7, finds no module at all and is content.
      parser: 'swc',
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      validate: true,
      ruleSet: { forbidden: importRules },
    },
    {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import'],
    },
  )
  const { modules, summary } = output as Exclude<IReporterOutput['output'], string>
  const files = modules.map(({ source }) => source).filter((source) => source.startsWith('src/'))
  const problems = summary.violations.map(({ rule, from, to }) => `${from} -> ${to}: ${rule.name}`)
  problems.push(
    ...files.filter((file) => !isInRoom(file)).map((file) => `${file}: every file lives in a room`),
  )
  if (files.length === 0) problems.push('no module was found below src: the check itself is broken')
  return { modules: files.length, problems }
}

if (import.meta.main) {
  const { modules, problems } = await checkImports(process.cwd())
  for (const problem of problems) console.error(problem)
  console.log(`${modules} modules, ${problems.length} forbidden imports`)
  process.exitCode = problems.length === 0 ? 0 : 1
}
