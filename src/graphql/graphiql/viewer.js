import { createElement, useEffect, useState } from 'react'
import { askGraphql, refusals } from './ask-graphql.js'

const nobody = 'user:anonymous'

/** `none`, `token` or `login`, as the gateway wrote it into the page. */
export function waysToSignIn() {
  return document.querySelector('meta[name="modelgate-sign-in"]')?.content ?? 'none'
}

/** Who one is, and how to become somebody else. */
export function Viewer() {
  const [viewer, setViewer] = useState(null)
  useEffect(() => {
    void loadViewer().then(setViewer)
    const forget = () => setViewer({ principal: nobody, groups: [] })
    refusals.addEventListener('refused', forget)
    return () => refusals.removeEventListener('refused', forget)
  }, [])
  if (viewer === null) return createElement('div', { className: 'viewer' })
  const isSignedIn = viewer.principal !== nobody
  return createElement(
    'div',
    { className: 'viewer' },
    createElement(
      'span',
      { className: 'viewer-name', title: describe(viewer, isSignedIn) },
      isSignedIn ? viewer.principal : 'Not signed in',
    ),
    waysToSignIn() === 'login' && createElement(isSignedIn ? SignOut : SignIn),
  )
}

function SignIn() {
  return createElement('a', { className: 'viewer-action', href: 'login' }, 'Sign in')
}

function SignOut() {
  const signOut = async () => {
    await fetch(new URL('logout', document.baseURI), {
      method: 'POST',
      headers: { 'x-requested-with': 'graphiql' },
    })
    location.reload()
  }
  return createElement('button', { type: 'button', className: 'viewer-action', onClick: signOut }, 'Sign out')
}

function describe({ groups }, isSignedIn) {
  if (!isSignedIn) return 'A token goes into the tab Headers: { "authorization": "Bearer mg_…" }'
  return groups.length === 0 ? 'In no group' : groups.join('\n')
}

async function loadViewer() {
  const { data } = await askGraphql({ query: '{ viewer { principal groups } }' }).catch(() => ({}))
  return data?.viewer ?? { principal: nobody, groups: [] }
}
