import type { IncomingHttpHeaders } from 'node:http'
import type { Site } from '../../server/site.ts'
import { foreignSiteRefusal } from '../refusals.ts'

/** Browsers send them only where the page was let to, which pages of other sites are not. */
const ownHeaders = ['apollo-require-preflight', 'x-apollo-operation-name', 'x-requested-with']

/**
 * A browser sends its cookies along with whatever any page asks of the gateway. So a request by cookie has to say that a
 * page of the gateway's own sent it, in each way that there is.
 *
 * @throws RequestRefusal 403
 */
export function assertFromOwnPage(headers: IncomingHttpHeaders, site: Site): void {
  if (!isOfOwnPage(headers, site) || !hasOwnHeader(headers)) throw foreignSiteRefusal()
}

/**
 * The same of a WebSocket, which browsers open with the header `Origin` always, and let no page set others.
 *
 * @throws RequestRefusal 403
 */
export function assertOpenedByOwnPage(headers: IncomingHttpHeaders, site: Site): void {
  if (headers.origin === undefined || !isOfOwnPage(headers, site)) throw foreignSiteRefusal()
}

function isOfOwnPage(headers: IncomingHttpHeaders, site: Site): boolean {
  const { origin, host } = headers
  const fetchSite = headers['sec-fetch-site']
  const isTrusted = origin !== undefined && site.isTrustedOrigin(origin)
  const isOwn =
    (origin === undefined || site.isOwnOrigin(origin, host)) &&
    (fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none')
  return isTrusted || isOwn
}

function hasOwnHeader(headers: IncomingHttpHeaders): boolean {
  const [type = ''] = (headers['content-type'] ?? '').split(';')
  return (
    type.trim().toLowerCase() === 'application/json' || ownHeaders.some((name) => headers[name] !== undefined)
  )
}
