import { RegistryError } from '../../../contract/index.ts'
import type { HttpAnswer } from '../../http/http-message.ts'
import { isJsonObject } from '../../http/parse-json.ts'
import { toStatusError, upstreamCause } from '../../http/status-error.ts'

/** MLflow hides this one thing from the gateway's user. */
export class PermissionDenied extends RegistryError {
  constructor(cause: unknown) {
    super('FORBIDDEN', "MLflow does not permit this to the gateway's user.", { cause })
  }
}

/** An answer that is not 2xx, by MLflow's own error code where there is one. */
export function toMlflowError(answer: HttpAnswer): RegistryError {
  return configurationProblem(answer) ?? mlflowProblem(answer) ?? toStatusError(answer)
}

/** Refusals that an operator mends, each with what to do. MLflow writes them as plain text. */
function configurationProblem(answer: HttpAnswer): RegistryError | null {
  const cause = upstreamCause(answer)
  if (answer.status === 403 && answer.text.includes('Invalid Host header')) {
    return new RegistryError(
      'FORBIDDEN',
      'MLflow does not answer to this host name: start it with --allowed-hosts, or set `host` in the configuration of the registry.',
      { cause },
    )
  }
  if (answer.status === 403 && answer.text.includes('Cross-origin')) {
    return new RegistryError(
      'FORBIDDEN',
      'MLflow refuses requests that carry an Origin header: take it out of auth.headers and of the proxy in between.',
      { cause },
    )
  }
  if (answer.status === 403 && answer.text.startsWith('Permission denied')) return new PermissionDenied(cause)
  // Only at the beginning: further on it is the name of a model, or of a column in an error of the database.
  const isAboutWorkspace = /^(?:Active workspace|Workspaces?)\b/.test(readMessage(answer.text) || answer.text)
  if (isAboutWorkspace && answer.status !== 401 && answer.status !== 403) {
    return new RegistryError(
      'REGISTRY_ERROR',
      'MLflow does not know the workspace: check `workspace`, and that the server is started with --enable-workspaces.',
      { cause },
    )
  }
  return null
}

function mlflowProblem(answer: HttpAnswer): RegistryError | null {
  const cause = upstreamCause(answer)
  switch (readErrorCode(answer.text)) {
    case 'RESOURCE_DOES_NOT_EXIST':
      return new RegistryError('NOT_FOUND', 'MLflow does not have it.', { cause })
    case 'RESOURCE_ALREADY_EXISTS':
      return new RegistryError('ALREADY_EXISTS', 'MLflow has it already.', { cause })
    case 'PERMISSION_DENIED':
      return new PermissionDenied(cause)
    case 'UNAUTHENTICATED':
      return new RegistryError(
        'UNAUTHENTICATED',
        "MLflow does not accept the gateway's credentials: check auth.",
        {
          cause,
        },
      )
    case 'INVALID_PARAMETER_VALUE':
      if (/^Registered model alias .* not found/.test(readMessage(answer.text))) {
        return new RegistryError('NOT_FOUND', 'The model has no such alias.', { cause })
      }
      return new RegistryError('BAD_USER_INPUT', 'MLflow does not accept the arguments of this request.', {
        cause,
      })
    default:
      return null
  }
}

export function readErrorCode(text: string): unknown {
  return parseError(text)?.error_code
}

export function readMessage(text: string): string {
  return String(parseError(text)?.message ?? '')
}

function parseError(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : null
  } catch {
    return null
  }
}
