/** How MLflow releases differ in what a gateway reads. */
export interface StubProfile {
  version: string
  hasVersionRoute: boolean
  hasAliases: boolean
  canReadLatestAlias: boolean
  /** `name IN (…)`: understood, refused, or answered with every row. */
  nameIn: 'yes' | 'refused' | 'ignored'
  runIdIn: 'yes' | 'ignored'
  comparesVersionNumbers: boolean
  maxUrlLength: number
}

export const profileOf = (version: string): StubProfile => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isAtLeast = (otherMajor: number, otherMinor: number) =>
    major > otherMajor || (major === otherMajor && minor >= otherMinor)
  return {
    version,
    hasVersionRoute: isAtLeast(2, 0),
    hasAliases: isAtLeast(2, 3),
    canReadLatestAlias: isAtLeast(3, 3),
    nameIn: isAtLeast(3, 17) ? 'yes' : isAtLeast(2, 0) ? 'refused' : 'ignored',
    runIdIn: isAtLeast(2, 0) ? 'yes' : 'ignored',
    comparesVersionNumbers: isAtLeast(2, 0),
    maxUrlLength: isAtLeast(3, 0) ? 200_000 : 4_094,
  }
}
