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
      problems.push(
        `holds a \${ that names no variable; write \${NAME} or \${NAME:-default}, or $\${ where a plain \${ is meant`,
      )
      return match
    }
    const value = env[variable]
    if (value !== undefined && (value !== '' || fallback === undefined)) {
      values.push({ variable, value })
      return value
    }
    if (fallback !== undefined) return fallback
    problems.push(explainUnset(variable, match === text))
    return match
  })
  return { text: filled, values, problems }
}

/** Part of a longer text may as well be part of a secret that happens to hold `${`. */
function explainUnset(variable: string, isWholeText: boolean): string {
  const isShown = isWholeText || /^[A-Z_][A-Z0-9_]*$/.test(variable)
  const name = isShown ? variable : 'NAME'
  const what = isShown ? `the environment variable ${variable}` : 'an environment variable that it names'
  const plain = isWholeText ? '' : `, or $\${ where a plain \${ is meant`
  return `${what} is not set; set it, or write \${${name}:-default} to do without${plain}`
}
