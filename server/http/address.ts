// Where a request came from, as far as it counts: by the word of proxies that the settings trust, and of nobody else.
// Refuses nothing. An address is counted by and hashed, never written down.
import { isIP } from 'node:net'
import type { Express, Request } from 'express'
import { ipKeyGenerator } from 'express-rate-limit'
import type { House } from '../house/house.ts'

/** Whoever has one address of these has them all (RFC 6177). */
const ipv6Network = 64

/**
 * One IPv4 address, or the network of an IPv6 address; `unknown` where a proxy names none. Read while the connection is open: later it has
 * none. Says once, without an address, that a proxy names where requests come from and is not trusted: all people then count as one.
 */
export function openAddresses(house: House, app: Express): (request: Request) => string {
  let isWarned = false
  // Whoever asks has mostly asked before. What is kept is worked out of nothing but its name here and the settings.
  const known = new Map<string, { readonly address: string; readonly isBelieved: boolean }>()
  const read = (request: Request) => {
    const told = withoutPort(request.ip ?? '')
    const address = isIP(told) === 0 ? 'unknown' : ipKeyGenerator(told, ipv6Network)
    return { address, isBelieved: believed(app, request) }
  }
  return (request) => {
    const by = request.headers['x-forwarded-for']
    const name = `${request.socket.remoteAddress} ${by ?? ''}`
    const kept = known.get(name) ?? read(request)
    if (known.size >= mostKnown) known.clear()
    if (name.length <= longestName) known.set(name, kept)
    if (!isWarned && by !== undefined && !kept.isBelieved) {
      isWarned = true
      house.log.warn('proxy-untrusted')
    }
    return kept.address
  }
}

const mostKnown = 10_000
/** A proxy or two, each with an address of the longest kind. */
const longestName = 200

/** Some proxies add the port from which it came: each connection would count for itself. */
function withoutPort(told: string): string {
  if (isIP(told) !== 0) return told
  return told.slice(0, told.lastIndexOf(':')).replace(/^\[|\]$/g, '')
}

function believed(app: Express, { socket }: Request): boolean {
  const trusts = app.get('trust proxy fn') as (address: string | undefined, hop: number) => boolean // sound: express makes it of the setting
  return trusts(socket.remoteAddress, 0)
}
