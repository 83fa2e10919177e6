import { isLoopback } from '../server/loopback.ts'
import { suggestName } from './closest-name.ts'
import type { ConfigDocument } from './config-document.ts'
import type { Path } from './path.ts'
import { findPublicIssuer } from './public-issuers.ts'
import { isText, listOf, type Mapping, type Report, recordOf } from './written-values.ts'

interface Issuer {
  readonly path: Path
  readonly issuer: string
  readonly prefix: unknown
  readonly require: unknown
}

/** What holds between the parts of `auth`, `administrators` and `permissions`, and the rest of the file. */
export function checkAuth(
  file: Mapping,
  registries: readonly string[],
  document: ConfigDocument,
  report: Report,
): void {
  const issuers = issuersOf(recordOf(file.auth))
  checkCollisions(issuers, report)
  for (const { path, issuer, require } of issuers) {
    const kind = findPublicIssuer(issuer)
    if (kind === null || Object.keys(recordOf(require)).length > 0) continue
    report(
      [...path, 'issuer'],
      `gives tokens to anybody (${kind.name}), and without require all of them are let in; write for example require: ${kind.require}`,
    )
  }
  checkPublicUrl(recordOf(file.auth).login, recordOf(file.server), report)
  checkSecret(recordOf(recordOf(file.auth).login), document, report)
  checkForwarding(listOf(file.registries).map(recordOf), recordOf(file.auth), report)
  checkKept(listOf(file.registries).map(recordOf), report)
  checkGrants(listOf(recordOf(file.permissions).grants).map(recordOf), registries, report)
}

function issuersOf({ jwt, login }: Mapping): Issuer[] {
  const places: [Path, unknown][] = listOf(jwt).map((one, index) => [['auth', 'jwt', index], one])
  if (login !== undefined) places.push([['auth', 'login'], login])
  return places.flatMap(([path, value]) => {
    const { issuer, prefix, require } = recordOf(value)
    return isText(issuer) ? [{ path, issuer, prefix: prefix ?? '', require }] : []
  })
}

/** Two issuers may both know an "ann", and she is not the same person. The first one of a prefix is let have it. */
function checkCollisions(issuers: readonly Issuer[], report: Report): void {
  for (const { path, issuer, prefix } of issuers) {
    const first = issuers.find((one) => one.prefix === prefix)
    if (first?.issuer === issuer) continue
    const shared = prefix === '' ? 'have no prefix' : 'have the same prefix'
    report(
      [...path, prefix === '' ? 'issuer' : 'prefix'],
      `and another issuer of auth ${shared}, so that their people could have the same name; write for example prefix: "${suggestPrefix(issuer)}"`,
    )
  }
}

function suggestPrefix(issuer: string): string {
  const labels = (URL.parse(issuer)?.hostname ?? 'other').split('.')
  return `${labels.at(-2) ?? labels[0]}:`
}

/** The issuer sends browsers back to one address only, which a name in a header must not choose. */
function checkPublicUrl(login: unknown, { host, publicUrl }: Mapping, report: Report): void {
  if (login === undefined || publicUrl !== undefined || !isText(host) || isLoopback(host)) return
  report(
    ['server', 'publicUrl'],
    'is missing, and auth.login needs it; write the address that browsers use, for example https://models.example.com',
  )
}

/** Of a plug-in nobody but itself knows what it comes with where there is no caller. */
function checkKept(registries: readonly Mapping[], report: Report): void {
  for (const [index, { auth, catalog }] of registries.entries()) {
    const { forward, background } = recordOf(auth)
    if (forward !== true || background !== undefined) continue
    if (catalog === undefined || catalog === false) continue
    report(
      ['registries', index, 'catalog'],
      `is read without any caller, and this registry is asked with the credentials of callers alone; write auth: { forward: true, background: { bearer: "\${TOKEN}" } }, or take catalog out`,
    )
  }
}

function checkForwarding(registries: readonly Mapping[], { jwt }: Mapping, report: Report): void {
  if (listOf(jwt).length > 0) return
  for (const [index, { auth, options }] of registries.entries()) {
    const path = ['registries', index, ...(auth === undefined ? ['options'] : []), 'auth', 'forward']
    if (recordOf(auth ?? recordOf(options).auth).forward !== true) continue
    report(
      path,
      'has nothing to forward; name the issuer of the tokens that callers bring under auth.jwt of the gateway',
    )
  }
}

function checkSecret({ clientSecret }: Mapping, document: ConfigDocument, report: Report): void {
  const path = ['auth', 'login', 'clientSecret']
  if (!isText(clientSecret) || clientSecret === '' || document.variablesAt(path).length > 0) return
  report(path, `is a secret, and files are read by others; write "\${OIDC_SECRET}" and set that variable`)
}

function checkGrants(grants: readonly Mapping[], registries: readonly string[], report: Report): void {
  for (const [index, { registry }] of grants.entries()) {
    if (!isText(registry) || registry === '*' || registries.includes(registry)) continue
    const suggestion = suggestName(registry, [...registries, '*'])
    report(['permissions', 'grants', index, 'registry'], `there is no such registry; ${suggestion}`)
  }
}
