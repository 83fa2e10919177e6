import { describe, expect, it } from 'vitest'
import { toWriteError } from '../../../src/adapters/mlflow/writes/write-errors.ts'

function errorOf(status: number, error_code: string, message: string) {
  const text = JSON.stringify({ error_code, message })
  return toWriteError({ status, contentType: 'application/json', retryAfter: null, text })
}

const generic = 'MLflow refuses what is to be written.'

describe('what MLflow refuses of a write', () => {
  it.each([
    [
      "'key' exceeds the maximum length of 250 characters",
      "'key' exceeds the maximum length of 250 characters.",
    ],
    [
      "Invalid alias name: 'a.b'. Names may only contain alphanumerics, underscores (_), and dashes (-).",
      "Invalid alias name: 'a.b'. Names may only contain alphanumerics, underscores (_), and dashes (-).",
    ],
    [
      "Missing value for required parameter 'name'. See the API docs for more information about request parameters.",
      "Missing value for required parameter 'name'.",
    ],
    [
      "Invalid model version source: 'https://user:secret@host/a'. The run_id must match.",
      'The run_id must match.',
    ],
    [`'source' cannot use it. ${'Set something. '.repeat(30)}`, "'source' cannot use it."],
    ['A rule.\nTraceback (most recent call last):', 'A rule.'],
  ])('is said as it says it: %j', (message, rule) => {
    expect(errorOf(400, 'INVALID_PARAMETER_VALUE', message)).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: `MLflow refuses it: ${rule}`,
      nothingWritten: true,
    })
  })

  it.each([
    '(sqlite3.OperationalError) no such table',
    '[SQL: INSERT INTO model_versions',
    'Cannot read https://user:secret@host/a.',
    "No such file: '/srv/mlflow/mlruns/0'.",
    'File "handlers.py", line 12',
    'x'.repeat(1000),
    '',
  ])('is not said when it is not for users: %j', (message) => {
    expect(errorOf(400, 'INVALID_PARAMETER_VALUE', message)).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: generic,
    })
  })

  it.each([
    [400, 'BAD_REQUEST', '(sqlite3.IntegrityError) UNIQUE constraint failed: registered_model_aliases.name'],
    [400, 'BAD_REQUEST', 'duplicate key value violates unique constraint "registered_model_tag_pk"'],
    [500, 'INTERNAL_ERROR', 'Model Version creation error (name=a). Giving up after 3 attempts.'],
  ])('because another was faster is a conflict: %i %s %j', (status, code, message) => {
    expect(errorOf(status, code, message)).toMatchObject({
      code: 'CONFLICT',
      message: 'Another writer changed the same thing at the same time.',
      nothingWritten: true,
    })
  })

  it.each([
    [404, 'RESOURCE_DOES_NOT_EXIST', 'NOT_FOUND', true],
    [400, 'RESOURCE_ALREADY_EXISTS', 'ALREADY_EXISTS', true],
    [403, 'PERMISSION_DENIED', 'FORBIDDEN', true],
    [429, '', 'RATE_LIMITED', true],
    [500, 'INTERNAL_ERROR', 'REGISTRY_ERROR', false],
    [503, 'TEMPORARILY_UNAVAILABLE', 'REGISTRY_UNAVAILABLE', false],
  ])('%i %s is %s, and whether nothing is written: %s', (status, upstream, code, nothingWritten) => {
    const error = errorOf(status, upstream, 'Registered Model (name=workspace) [SQL: UPDATE workspace]')
    expect(error).toMatchObject({ code, nothingWritten })
    expect(error.message).not.toContain('SQL')
  })
})
