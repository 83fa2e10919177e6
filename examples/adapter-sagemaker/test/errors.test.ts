import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Adapter, RegistryError } from 'modelgate/adapter'
import sagemaker from '../src/index.ts'
import { type Reply, startAnsweringServer } from './answering-server.ts'
import { connectTo, createCall } from './connect.ts'

const newModel = { name: 'churn', description: null, tags: [], idempotencyKey: null }
const exception = (type: string, message: string): Reply => ({
  status: 400,
  body: JSON.stringify({ __type: type, message }),
})

async function failureOf(adapter: Adapter): Promise<RegistryError> {
  try {
    await adapter.writes?.models.create(newModel, createCall())
  } catch (error) {
    if (RegistryError.is(error)) return error
    throw error
  } finally {
    await adapter.close()
  }
  throw new Error('no error')
}

async function failureOn(reply: Reply): Promise<RegistryError> {
  const server = await startAnsweringServer(reply)
  try {
    return await failureOf(await connectTo(server.url))
  } finally {
    await server.close()
  }
}

const role = 'arn:aws:sts::123456789012:assumed-role/secret-role/session'
const action = 'sagemaker:CreateModelPackageGroup'
const table: readonly (readonly [Reply, Partial<RegistryError>])[] = [
  [
    { ...exception('ThrottlingException', 'Rate exceeded'), headers: { 'retry-after': '3' } },
    { code: 'RATE_LIMITED', retryable: true, retryAfterMs: 3000, nothingWritten: true },
  ],
  [
    exception('ValidationException', 'Value at tags failed'),
    { code: 'BAD_USER_INPUT', message: 'SageMaker refuses this: Value at tags failed', nothingWritten: true },
  ],
  [exception('ValidationException', 'ModelPackageGroup x does not exist.'), { code: 'NOT_FOUND' }],
  [exception('ValidationException', 'Model Package Group already exists: x'), { code: 'ALREADY_EXISTS' }],
  [exception('ResourceNotFound', 'No such thing'), { code: 'NOT_FOUND' }],
  [
    exception('ConflictException', 'Another update is under way'),
    {
      code: 'RATE_LIMITED',
      message: 'SageMaker is busy with another change of this; try again.',
      retryable: true,
      nothingWritten: true,
    },
  ],
  [exception('ResourceLimitExceeded', 'Too many groups'), { code: 'POLICY_VIOLATION' }],
  [
    exception('AccessDeniedException', `User: ${role} is not authorized to perform: ${action} on`),
    {
      code: 'FORBIDDEN',
      message: `The credentials of this registry may not do this; allow them ${action}.`,
    },
  ],
  [exception('ExpiredTokenException', 'The security token is expired'), { code: 'UNAUTHENTICATED' }],
  [exception('UnrecognizedClientException', 'The security token is invalid'), { code: 'UNAUTHENTICATED' }],
  [
    { status: 503, body: '<html>internal-host-7</html>' },
    { code: 'REGISTRY_UNAVAILABLE', message: 'SageMaker answered with status 503.', nothingWritten: false },
  ],
  [
    { ...exception('InternalFailure', 'at internal-host-7'), status: 500 },
    { code: 'REGISTRY_ERROR', message: 'SageMaker answered with status 500.', nothingWritten: false },
  ],
  [
    { status: 200, body: '{"cut off' },
    {
      code: 'REGISTRY_ERROR',
      message: 'SageMaker answered with what cannot be read.',
      nothingWritten: false,
    },
  ],
]

describe('errors', () => {
  for (const [reply, expected] of table) {
    it(`${reply.status} ${reply.body.slice(0, 60)} is ${expected.code}`, async () => {
      const error = await failureOn(reply)
      assert.partialDeepStrictEqual({ ...error, message: error.message }, expected)
      assert.doesNotMatch(error.message, /only-for-tests|AKIA|secret-role|internal-host/)
    })
  }

  it('nobody listening is REGISTRY_UNAVAILABLE, and nothing is written', async () => {
    const server = await startAnsweringServer({ status: 200, body: '{}' })
    await server.close()
    const { code, message, nothingWritten } = await failureOf(await connectTo(server.url))
    assert.deepEqual([code, nothingWritten], ['REGISTRY_UNAVAILABLE', true])
    assert.equal(message, 'SageMaker cannot be reached (ECONNREFUSED).')
  })

  it('no credentials anywhere is UNAUTHENTICATED', async () => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE']) delete process.env[name]
    process.env.AWS_EC2_METADATA_DISABLED = 'true'
    process.env.AWS_SHARED_CREDENTIALS_FILE = '/dev/null'
    process.env.AWS_CONFIG_FILE = '/dev/null'
    const log = { debug() {}, info() {}, warn() {}, error() {} }
    const config = { region: 'eu-west-1', endpoint: 'http://127.0.0.1:9', concurrency: 1 }
    const error = await failureOf(await sagemaker.connect(config, { registry: 'sagemaker', log }))
    assert.deepEqual([error.code, error.nothingWritten], ['UNAUTHENTICATED', true])
  })
})
