import type { EnvironmentValue } from './gateway-config.ts'

export interface Interpolation {
  readonly text: string
  readonly values: readonly EnvironmentValue[]
  /** In words, one for each `${…}` that cannot be filled in. */
  readonly problems: readonly string[]
}

const placeholder = /\$\$\{|\$\{([^}]*)(\}|$)/g
const expression = /^([A-Za-z_][A-Za-z0-9_]*)(?::-([\s\S]*))?$/

/** Fills in `${NAME}` and `${NAME:-default}`; `$${` stands for `${`. `null` when there is nothing to do. */
export function interpolate(text: string, env: NodeJS.ProcessEnv): Interpolation | null {
  if (!text.includes('${')) return null
  const values: EnvironmentValue[] = []
  const problems: string[] = []
  const filled = text.replace(placeholder, (match: string, inner: string | undefined, end: string) => {
    if (inner === undefined) return '${'
    const [, variable, fallback] = expression.exec(inner) ?? []
    if (variable === undefined || end !== '}') {
      problems.push(`"${match}" names no variable; write \${NAME}, or $\${ where a plain \${ is meant`)
      return match
    }
    const value = env[variable]
    if (value !== undefined && (value !== '' || fallback === undefined)) {
      values.push({ variable, value })
      return value
    }
    if (fallback !== undefined) return fallback
    problems.push(
      `the environment variable ${variable} is not set; set it, or write \${${variable}:-default} to do without`,
    )
    return match
  })
  return { text: filled, values, problems }
}
