import type { AzureConfig } from '../config.ts'

/** Where tokens come from, by the host of Resource Manager. */
const authorities: Readonly<Record<string, string>> = {
  'management.azure.com': 'https://login.microsoftonline.com',
  'management.chinacloudapi.cn': 'https://login.chinacloudapi.cn',
  'management.usgovcloudapi.net': 'https://login.microsoftonline.us',
}

export interface Cloud {
  readonly authorityHost: string
  /** Whether the authority is one of Microsoft's own, whose metadata vouch for it. */
  readonly isPublic: boolean
  readonly scope: string
}

/** Behind an address that is none of Azure's, such as a proxy's, is the public cloud. */
export function toCloud({ endpoint, authorityHost, scope }: AzureConfig): Cloud {
  const host = new URL(endpoint).hostname
  const known = authorities[host]
  const authority = authorityHost ?? known ?? 'https://login.microsoftonline.com'
  return {
    authorityHost: authority.replace(/\/+$/, ''),
    isPublic: Object.values(authorities).includes(authority.replace(/\/+$/, '')),
    scope: scope ?? `https://${known === undefined ? 'management.azure.com' : host}/.default`,
  }
}
