import type { IncomingMessage } from 'node:http'
import { isRecord, parseJson } from './asset-body.ts'
import { type AzureAnswer, type AzureCall, inPath, type ScopedCall } from './azure-call.ts'
import type { BlobStore } from './blob-store.ts'
import type { PlainAnswer } from './plain-answer.ts'
import { scopeGuid, scopeId } from './resource-scope.ts'

/** Where the double keeps the storage accounts that registries hand out. */
export const blobPath = '/_blobs/'

export const blobAddress = (origin: string, container: string, path: string): string =>
  `${origin}${blobPath}${container}/${path}`

const signature = 'sv=2021-08-06&sr=c&sp=rcwl&sig=only-for-tests'

/** ARM's way to get an address for the bytes of a version to come. */
export const startPendingUpload = (call: ScopedCall): AzureAnswer => {
  const body = call.body === '' ? {} : parseJson(call.body)
  const asked = isRecord(body) && typeof body.pendingUploadId === 'string' ? body.pendingUploadId : undefined
  return {
    status: 200,
    body: {
      blobReferenceForConsumption: reference(call),
      pendingUploadId: asked ?? scopeGuid({ ...call.scope, name: call.url.pathname }),
      pendingUploadType: 'TemporaryBlobReference',
    },
  }
}

/** The same beside ARM, as azure-ai-ml asks for it. */
export const putTemporaryDataReference = (call: ScopedCall): AzureAnswer => {
  const { credential, ...rest } = reference(call)
  return {
    status: 200,
    body: {
      blobReferenceForConsumption: { ...rest, credential: { ...credential, wasbsUri: null } },
      imageReferenceForConsumption: null,
      temporaryDataReferenceId: scopeGuid({ ...call.scope, name: call.url.pathname }),
      temporaryDataReferenceType: null,
    },
  }
}

const reference = (call: AzureCall & ScopedCall) => {
  const container = `${call.scope.name.toLowerCase()}-${scopeGuid({ ...call.scope, name: `${inPath(call, 'model')}/${inPath(call, 'version')}` })}`
  const blobUri = `${call.url.origin}${blobPath}${container}`
  return {
    blobUri,
    storageAccountArmId: `${scopeId(call.scope).split('/providers/')[0]}/providers/Microsoft.Storage/storageAccounts/double`,
    credential: { credentialType: 'SAS', sasUri: `${blobUri}?${signature}` },
  }
}

/** Blobs by REST, as far as uploads and downloads of whole blobs go. */
export const answerBlob = (
  blobs: BlobStore,
  { method = 'GET', headers }: IncomingMessage,
  url: URL,
  body: Buffer,
): PlainAnswer => {
  if (url.searchParams.get('sig') === null) return blobError(403, 'AuthenticationFailed')
  const [container = '', ...rest] = url.pathname.slice(blobPath.length).split('/').map(decodeURIComponent)
  const name = rest.join('/')
  if (name === '') return listBlobs(blobs, url, container)
  const blob = blobs.get(container, name)
  const changesMetadata = url.searchParams.get('comp') === 'metadata'
  if (method === 'PUT' && !changesMetadata) {
    blobs.put(container, name, { bytes: body, metadata: metadataIn(headers) })
    return { status: 201, headers: {}, body: '' }
  }
  if (blob === undefined) return blobError(404, 'BlobNotFound')
  if (method === 'PUT') {
    blobs.put(container, name, { ...blob, metadata: metadataIn(headers) })
    return { status: 200, headers: {}, body: '' }
  }
  const length = { 'Content-Length': `${blob.bytes.length}`, 'x-ms-blob-type': 'BlockBlob' }
  return { status: 200, headers: { ...length, ...blob.metadata }, body: method === 'HEAD' ? '' : blob.bytes }
}

const metadataIn = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith('x-ms-meta-') && typeof value === 'string' ? [[name, value]] : [],
    ),
  )

const xml = '<?xml version="1.0" encoding="utf-8"?>'
const xmlType = { 'Content-Type': 'application/xml' }

const blobError = (status: number, code: string): PlainAnswer => ({
  status,
  headers: { ...xmlType, 'x-ms-error-code': code },
  body: `${xml}<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
})

const escapeXml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')

const listBlobs = (blobs: BlobStore, url: URL, container: string): PlainAnswer => {
  const items = blobs.names(container, url.searchParams.get('prefix') ?? '').map((name) => {
    const length = blobs.get(container, name)?.bytes.length ?? 0
    const properties = `<Content-Length>${length}</Content-Length><BlobType>BlockBlob</BlobType>`
    return `<Blob><Name>${escapeXml(name)}</Name><Properties>${properties}</Properties></Blob>`
  })
  const head = `<EnumerationResults ContainerName="${escapeXml(container)}">`
  return {
    status: 200,
    headers: xmlType,
    body: `${xml}${head}<Blobs>${items.join('')}</Blobs><NextMarker /></EnumerationResults>`,
  }
}
