/** What a dashboard's variables hold; a list where several can be chosen, also for one. */
export type VariableValues = Readonly<Record<string, string | readonly string[]>>

const reference = /\$(\w+)|\$\{(\w+)(?::([^}]+))?\}/g

/** As Grafana does it before a query is sent: every name that is a variable's, whatever it means to GraphQL. */
export function substitute(text: string, values: VariableValues): string {
  return text.replaceAll(reference, (whole, plain?: string, braced?: string, format?: string) => {
    const value = values[plain ?? braced ?? '']
    return value === undefined ? whole : formatted(value, format ?? 'glob')
  })
}

/** A single text stays as it is in JSON too: only a list is written as one. */
function formatted(value: string | readonly string[], format: string): string {
  const texts = typeof value === 'string' ? [value] : value
  switch (format) {
    case 'json':
      return typeof value === 'string' ? value : JSON.stringify(value)
    case 'doublequote':
      return texts.map((text) => `"${text.replaceAll('"', '\\"')}"`).join(',')
    case 'date:iso':
      return new Date(Number(texts[0])).toISOString()
    case 'glob':
      return texts.length > 1 ? `{${texts.join(',')}}` : (texts[0] ?? '')
    default:
      throw new Error(`Grafana's format ${format} is not tried here.`)
  }
}
