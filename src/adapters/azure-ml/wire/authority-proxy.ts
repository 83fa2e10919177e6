import type { TokenCredential } from '@azure/core-auth'
import { type PipelinePolicy, RestError } from '@azure/core-rest-pipeline'
import { RegistryError } from '../../../contract/index.ts'
import { ProxyRefusal, proxyTrouble, toProxyError } from '../../http/proxy-error.ts'
import { findAzureProxy } from './agents.ts'
import { tunnelRefusal } from './tunnel-refusal.ts'

/** Microsoft's library says of all that a proxy does only that the authority could not be reached. */
export class AuthorityProxy {
  #trouble: RegistryError | null = null

  readonly policy: PipelinePolicy = {
    name: 'modelgateAuthorityProxyPolicy',
    sendRequest: async (request, next) => {
      const url = new URL(request.url)
      try {
        const answer = await next(request)
        if (answer.status === 407) this.#note(new ProxyRefusal(407), url)
        return answer
      } catch (error) {
        this.#note(error, url)
        throw error
      }
    },
  }

  /** The same credential, whose failures say what the proxy did. */
  watch(credential: TokenCredential): TokenCredential {
    return {
      getToken: async (...asked) => {
        this.#trouble = null
        try {
          return await credential.getToken(...asked)
        } catch (error) {
          throw this.#trouble ?? error
        }
      },
    }
  }

  #note(error: unknown, url: URL): void {
    const proxy = findAzureProxy(url)
    const behind = `the authority ${url.host}`
    const options = { cause: error, nothingWritten: true }
    const refusal = tunnelRefusal(error)
    if (refusal !== null) this.#trouble = toProxyError(refusal, proxy, options, behind)
    const code = error instanceof RestError ? (error.code ?? '') : ''
    const words = proxyTrouble(code, proxy, behind)
    if (words !== null) this.#trouble = new RegistryError('REGISTRY_UNAVAILABLE', words, options)
  }
}
