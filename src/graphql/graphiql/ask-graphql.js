/** Told of each request that was refused for who sends it. */
export const refusals = new EventTarget()

export async function askGraphql(parameters, options) {
  const response = await fetch(new URL('graphql', document.baseURI), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...options?.headers,
    },
    body: JSON.stringify(parameters),
  })
  if (response.status === 401) refusals.dispatchEvent(new Event('refused'))
  return response.json()
}
