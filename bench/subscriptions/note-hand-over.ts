/** Loaded into a gateway that is measured: when it gave the first and the last answer of an event to a socket, and its memory. */
import { WebSocket } from 'ws'

let firstAt = 0
let lastAt = 0
let count = 0
let cpuBefore = process.threadCpuUsage()
let cpuMs = 0

const { send } = WebSocket.prototype
WebSocket.prototype.send = function (this: WebSocket, ...given: Parameters<typeof send>) {
  const [data] = given
  if (typeof data === 'string' && data.includes('"type":"next"')) {
    if (count === 0) {
      firstAt = now()
      cpuBefore = process.threadCpuUsage()
    }
    count++
  }
  Reflect.apply(send, this, given)
  if (count === 0) return
  lastAt = now()
  if (count % 500 === 0) cpuMs = cpuSince()
} as typeof send

function cpuSince(): number {
  const { user, system } = process.threadCpuUsage(cpuBefore)
  return (user + system) / 1000
}

function now(): number {
  return performance.timeOrigin + performance.now()
}

process.on('message', () => {
  const { rss, heapUsed } = process.memoryUsage()
  process.send?.({ firstAt, lastAt, count, rss, heapUsed, cpuMs })
  count = 0
})
