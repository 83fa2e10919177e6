interface PublicIssuer {
  readonly name: string
  readonly pattern: RegExp
  /** What tells one's own tokens from everybody else's. */
  readonly require: string
}

const publicIssuers: readonly PublicIssuer[] = [
  {
    name: 'GitHub Actions',
    pattern: /^https:\/\/token\.actions\.githubusercontent\.com(\/|$)/,
    require: '{ repository_owner: acme }',
  },
  { name: 'Google', pattern: /^https:\/\/accounts\.google\.com(\/|$)/, require: '{ hd: acme.com }' },
  { name: 'GitLab.com', pattern: /^https:\/\/gitlab\.com(\/|$)/, require: '{ namespace_path: acme }' },
  {
    name: 'Entra ID for all tenants',
    pattern:
      /^https:\/\/(login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn|sts\.windows\.net)\/(common|organizations|consumers|9188040d-6c67-4c5b-b112-36a304b66dad|\{tenantid\})(\/|$)/,
    require: '{ tid: 00000000-0000-0000-0000-000000000000 }',
  },
]

/** Issuers that give tokens to whoever asks, by what stands in `iss`. */
export function findPublicIssuer(issuer: string): PublicIssuer | null {
  const normal = URL.parse(issuer)?.href.toLowerCase() ?? issuer
  return publicIssuers.find(({ pattern }) => pattern.test(normal)) ?? null
}
