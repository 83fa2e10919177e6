/**
 * A text that orders versions by code point as `compareVersions` does: integers by value, of any length, before all
 * others; zeros in front break ties.
 */
export function toVersionPlace(version: string): string {
  if (!/^[0-9]+$/.test(version)) return `b${version}`
  const digits = version.replace(/^0+(?=.)/, '')
  const length = String(digits.length).padStart(4, '0')
  return `a${length}${digits} ${digits === version ? '~' : version}`
}
