import { isOfRegistry } from '../federation/session/model-rules.ts'
import { checkAuth } from './auth-checks.ts'
import { checkCatalog } from './catalog-checks.ts'
import { suggestName } from './closest-name.ts'
import type { ConfigDocument } from './config-document.ts'
import type { ConfigProblem } from './config-error.ts'
import { checkModelRules } from './model-rule-checks.ts'
import { isText, listOf, type Mapping, type Report, recordOf } from './written-values.ts'

/**
 * What holds between parts of the file. Reads the values as they are written, so that it says all there is to say
 * even when something else in the file is wrong; what has a wrong type is none of its business.
 */
export function checkAcross(input: unknown, document: ConfigDocument): ConfigProblem[] {
  const problems: ConfigProblem[] = []
  const report: Report = (path, message) => {
    if (!document.isUnresolved(path)) problems.push(document.problem(path, message))
  }
  const file = recordOf(input)
  const environments = [...new Set(listOf(file.environments).filter(isText))]
  const registries = listOf(file.registries).map(recordOf)
  const rules = listOf(file.logicalModels).map(recordOf)
  reportDoubles(listOf(file.environments), (index, first) =>
    report(['environments', index], `is environments[${first}] too; remove one of the two`),
  )
  const names = registries.map((registry) => registry.name)
  reportDoubles(names, (index, first) =>
    report(
      ['registries', index, 'name'],
      `is the name of registries[${first}] too; give each registry a name of its own`,
    ),
  )
  checkEnvironments(registries, rules, environments, report)
  checkModelRules(rules, { registries, environments }, report)
  checkCatalog(file, registries, report)
  checkAuth(file, names.filter(isText), document, report)
  return problems
}

function checkEnvironments(
  registries: readonly Mapping[],
  rules: readonly Mapping[],
  environments: readonly string[],
  report: Report,
): void {
  for (const [index, { name, environment }] of registries.entries()) {
    const path = ['registries', index, 'environment']
    if (isText(environment) && !environments.includes(environment)) {
      const suggestion = suggestName(environment, environments)
      report(path, `is not one of the environments; ${suggestion}`)
    }
    if (environment === undefined && !rules.some((rule) => namesEnvironmentOf(rule, name))) {
      report(
        path,
        `is missing; write one of ${environments.join(', ')}, or name it by a rule of logicalModels that holds {environment}`,
      )
    }
  }
}

function namesEnvironmentOf(rule: Mapping, registry: unknown): boolean {
  const applies = isText(rule.registry) && isText(registry) && isOfRegistry(rule.registry, registry)
  return applies && isText(rule.name) && rule.name.includes('{environment}')
}

function reportDoubles(values: readonly unknown[], report: (index: number, first: number) => void): void {
  for (const [index, value] of values.entries()) {
    const first = values.indexOf(value)
    if (isText(value) && first < index) report(index, first)
  }
}
