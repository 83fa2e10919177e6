import { RegistryError } from '../../../contract/index.ts'
import type { HttpAnswer } from '../../http/http-message.ts'
import { upstreamCause } from '../../http/status-error.ts'
import { readErrorCode, readMessage, toMlflowError } from '../wire/errors.ts'

/** What MLflow refuses of a write it explains to users, and that is passed on as long as it is nothing else. */
export function toWriteError(answer: HttpAnswer): RegistryError {
  const code = readErrorCode(answer.text)
  const message = readMessage(answer.text)
  const cause = upstreamCause(answer)
  if (isLostRace(code, message)) {
    return new RegistryError('CONFLICT', 'Another writer changed the same thing at the same time.', { cause })
  }
  if (code === 'INVALID_PARAMETER_VALUE' || code === 'BAD_REQUEST') {
    const rule = toRule(message)
    return new RegistryError(
      'BAD_USER_INPUT',
      rule === null ? 'MLflow refuses what is to be written.' : `MLflow refuses it: ${rule}`,
      { cause },
    )
  }
  return toMlflowError(answer)
}

/** Upserts and new versions of several writers end so, the first time that there is such a row. */
function isLostRace(code: unknown, message: string): boolean {
  if (code === 'BAD_REQUEST') return /constraint|IntegrityError|duplicate key/i.test(message)
  return code === 'INTERNAL_ERROR' && /^Model Version creation error .*Giving up after/s.test(message)
}

const longestRule = 300
const notForUsers =
  /\[SQL|sqlite3|psycopg|pymysql|sqlalchemy|constraint|traceback|file "|:\/\/[^/\s]*@|(?<=^|[\s'"(=])\/[^\s/'"]+\/[^\s'"]/i

/** `null`: it is not made for users, or says nothing. */
function toRule(message: string): string | null {
  const [line = ''] = message
    .replace(/^Invalid model version source: '.*?'\. (?=\S)/s, '')
    .replace(/ See the API docs for more information about request parameters\./, '')
    .split('\n')
  const rule = line.length <= longestRule ? line.trim() : (/^.*?[.!?](?=\s)/.exec(line)?.[0] ?? '')
  if (rule === '' || rule.length > longestRule || notForUsers.test(rule)) return null
  return /[.!?]$/.test(rule) ? rule : `${rule}.`
}
