import { createHash, randomBytes } from 'node:crypto'

const mark = 'mg_'
/** As `randomBytes` gives and base64url spells it. */
const pattern = /^mg_[A-Za-z0-9_-]{43}$/

/** 256 random bits. */
export function createApiToken(): string {
  return mark + createSecret()
}

export function createSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** Whether it claims to be one. */
export function looksLikeApiToken(credential: string): boolean {
  return credential.startsWith(mark)
}

/** Null for what cannot be one. */
export function digestOfApiToken(credential: string): string | null {
  return pattern.test(credential) ? digestOf(credential) : null
}

/** SHA-256, in hexadecimal. Secrets of 256 random bits need no salt, and no slower one. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
