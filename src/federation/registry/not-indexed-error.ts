import { RegistryError } from '../../contract/index.ts'

/** The catalog has nothing of the registry yet, or is not to have it. */
export class NotIndexedError extends RegistryError {}
