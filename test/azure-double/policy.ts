import { gatewayError } from './azure-error.ts'

/** One condition of a policy rule, or several joined. */
export type PolicyCondition =
  | { allOf: PolicyCondition[] }
  | { anyOf: PolicyCondition[] }
  | { not: PolicyCondition }
  | { field: string; equals: string }
  | { field: string; containsKey: string }

/** A policy as it is written in Azure Policy, assigned with its parameters. */
export interface PolicyAssignment {
  name: string
  displayName: string
  definition: {
    name: string
    displayName: string
    policyRule: { if: PolicyCondition; then: { effect: string } }
  }
  parameters: Record<string, string>
}

/** What a policy looks at: the resource as the request would leave it. */
export interface PolicySubject {
  subscription: string
  resourceGroup: string
  type: string
  /** The last name in its id, the `target` of a denial. */
  name: string
  properties: Record<string, unknown>
}

interface EvaluatedExpression {
  result: 'True'
  expressionKind: 'Field'
  expression: string
  path: string
  expressionValue: unknown
  targetValue: string
  operator: 'Equals' | 'ContainsKey'
}

const sameText = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase()

/** Throws the denial of the first policy that denies. */
export const enforcePolicies = (policies: readonly PolicyAssignment[], subject: PolicySubject): void => {
  const denials = policies.flatMap((policy) => {
    const { if: condition, then: consequence } = policy.definition.policyRule
    const evaluated = evaluate(condition, policy.parameters, subject)
    return evaluated !== undefined && sameText(consequence.effect, 'deny') ? [{ policy, evaluated }] : []
  })
  if (denials.length === 0) return
  const identifiers = denials.map(({ policy }) => {
    const ids = idsOf(policy, subject)
    return {
      policyAssignment: { name: policy.displayName, id: ids.assignment },
      policyDefinition: { name: policy.definition.displayName, id: ids.definition },
    }
  })
  throw gatewayError(
    403,
    'RequestDisallowedByPolicy',
    `Resource '${subject.name}' was disallowed by policy. Policy identifiers: '${JSON.stringify(identifiers)}'.`,
    {
      target: subject.name,
      info: denials.map(({ policy, evaluated }) => ({
        type: 'PolicyViolation',
        info: violation(policy, evaluated, subject),
      })),
    },
  )
}

/** The expressions that made a condition true; undefined when it is false. */
const evaluate = (
  condition: PolicyCondition,
  parameters: Record<string, string>,
  subject: PolicySubject,
): EvaluatedExpression[] | undefined => {
  if ('allOf' in condition) {
    const parts = condition.allOf.map((part) => evaluate(part, parameters, subject))
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined
  }
  if ('anyOf' in condition)
    return condition.anyOf
      .map((part) => evaluate(part, parameters, subject))
      .find((part) => part !== undefined)
  if ('not' in condition) return evaluate(condition.not, parameters, subject) === undefined ? [] : undefined
  return evaluateField(condition, parameters, subject)
}

const evaluateField = (
  condition: { field: string; equals: string } | { field: string; containsKey: string },
  parameters: Record<string, string>,
  subject: PolicySubject,
): EvaluatedExpression[] | undefined => {
  const value = fieldValue(condition.field, subject)
  const isEquals = 'equals' in condition
  const wanted = withParameters(isEquals ? condition.equals : condition.containsKey, parameters)
  const holds = isEquals
    ? typeof value === 'string' && sameText(value, wanted)
    : typeof value === 'object' && value !== null && Object.keys(value).some((key) => sameText(key, wanted))
  if (!holds) return undefined
  const { field } = condition
  return [
    {
      result: 'True',
      expressionKind: 'Field',
      expression: field,
      path: field === 'type' ? 'type' : `properties.${field.slice(field.lastIndexOf('/') + 1)}`,
      expressionValue: value,
      targetValue: wanted,
      operator: isEquals ? 'Equals' : 'ContainsKey',
    },
  ]
}

/** An alias is the type and a property: `Microsoft.MachineLearningServices/workspaces/models/versions/tags`. */
const fieldValue = (field: string, { type, properties }: PolicySubject): unknown => {
  if (field === 'type') return type
  const slash = field.lastIndexOf('/')
  return sameText(field.slice(0, slash), type) ? properties[field.slice(slash + 1)] : undefined
}

const withParameters = (text: string, parameters: Record<string, string>): string =>
  text.replace(/^\[parameters\('([^']*)'\)\]$/, (_, name: string) => parameters[name] ?? '')

const idsOf = (policy: PolicyAssignment, { subscription, resourceGroup }: PolicySubject) => {
  const scope = `/subscriptions/${subscription}/resourceGroups/${resourceGroup}`
  const base = 'providers/Microsoft.Authorization'
  return {
    scope,
    assignment: `${scope}/${base}/policyAssignments/${policy.name}`,
    definition: `/subscriptions/${subscription}/${base}/policyDefinitions/${policy.definition.name}`,
  }
}

const violation = (policy: PolicyAssignment, evaluated: EvaluatedExpression[], subject: PolicySubject) => {
  const ids = idsOf(policy, subject)
  return {
    policyDefinitionDisplayName: policy.definition.displayName,
    evaluationDetails: { evaluatedExpressions: evaluated },
    policyDefinitionId: ids.definition,
    policyDefinitionName: policy.definition.name,
    policyDefinitionEffect: 'Deny',
    policyAssignmentId: ids.assignment,
    policyAssignmentName: policy.name,
    policyAssignmentDisplayName: policy.displayName,
    policyAssignmentScope: ids.scope,
    policyAssignmentParameters: Object.fromEntries(
      Object.entries(policy.parameters).map(([name, value]) => [name, { value }]),
    ),
  }
}
