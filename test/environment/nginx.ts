import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** With nothing in it that a short recipe would not have. @param more directives of the location. */
export function startNginx(port: number, location: string, upstream: string, more = ''): void {
  const path = ['/usr/sbin/nginx', '/usr/bin/nginx'].find((candidate) => existsSync(candidate))
  if (path === undefined) throw new Error('nginx is missing. Install it: apt-get install nginx')
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-nginx-'))
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join(' ')
  const config = `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log; events {}
http { access_log off; ${temporary}
  server { listen 127.0.0.1:${port};
    location ${location} { proxy_pass ${upstream}; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; ${more} } } }`
  writeFileSync(join(folder, 'nginx.conf'), config)
  const child = spawn(path, ['-c', join(folder, 'nginx.conf'), '-p', folder], { stdio: 'ignore' })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
}
