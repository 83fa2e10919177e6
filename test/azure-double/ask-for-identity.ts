import { ManagedIdentityCredential } from '@azure/identity'

/** A process of its own, as Microsoft's library finds out once for each process where tokens are to be had. */
const { token } = await new ManagedIdentityCredential({ clientId: 'identity' }).getToken(
  'https://management.azure.com/.default',
)
process.stdout.write(token)
