/** The part of the catalog that is one registry's. */
export interface RegistryPart {
  readonly id: number
  /** Whether some rows have no times. */
  readonly hasTimeless: boolean
}
