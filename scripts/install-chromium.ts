/** Run by npm before `npm test`: the tests of the pages need a browser, and only root can install one. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const install = ['apt-get update -qq', 'apt-get install -qq -y --no-install-recommends chromium']

if (!process.env.CHROMIUM && !places.some((place) => existsSync(place))) {
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('installing Chromium for the tests of the pages: once, about a minute')
    for (const command of install)
      execFileSync('/bin/sh', ['-c', command], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      })
  } else {
    console.log(
      `There is no Chromium, and the tests of the pages will fail. As root: ${install.join(' && ')}, ` +
        'or name one in the variable CHROMIUM.',
    )
  }
}
