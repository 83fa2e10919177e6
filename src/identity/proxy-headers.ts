import type { IncomingHttpHeaders } from 'node:http'
import { BlockList, isIP, isIPv6 } from 'node:net'
import type { ProxyConfig } from '../config/auth-config.ts'
import type { IdentifiedCaller } from '../server/caller.ts'
import type { Names } from './names.ts'
import { RefusedCredential } from './refused-credential.ts'

/** Takes a proxy's word for who asks, when it comes over a connection of its own. */
export class ProxyHeaders {
  readonly #config: ProxyConfig
  readonly #names: Names
  readonly #from: BlockList

  constructor(config: ProxyConfig, names: Names) {
    this.#config = config
    this.#names = names
    this.#from = toBlockList(config.from)
  }

  areIn(headers: IncomingHttpHeaders): boolean {
    return headers[this.#config.user] !== undefined
  }

  /** @throws RefusedCredential */
  identify(headers: IncomingHttpHeaders, peer: string): IdentifiedCaller {
    const { user, groups } = this.#config
    if (!isIn(this.#from, peer)) {
      throw new RefusedCredential(`the header ${user} comes from an address that is not in auth.proxy.from`, {
        peer,
      })
    }
    const name = textOf(headers[user])
    // Node joins what comes twice, and then one of them is not the proxy's.
    if (name.includes(',')) throw new RefusedCredential(`the header ${user} names more than one`)
    const names = groups === null ? [] : textOf(headers[groups]).split(',')
    return {
      principal: this.#names.principal(name.trim(), ''),
      groups: this.#names.groups(
        names.map((group) => group.trim()),
        '',
      ),
      via: 'proxy',
    }
  }
}

/** Proxies send UTF-8, and Node takes it for Latin-1. */
function textOf(header: string | readonly string[] | undefined): string {
  return Buffer.from([header ?? ''].flat().join(','), 'latin1').toString('utf8')
}

function toBlockList(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    list.addSubnet(address, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family)
  }
  return list
}

function isIn(list: BlockList, peer: string): boolean {
  const address = peer.replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '')
  const family = isIP(address)
  return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4')
}
