// Where a request came from, as far as it counts: by the word of proxies that the settings trust, and of nobody else.
// Refuses nothing. An address is counted by and hashed, never written down.
import { isIP } from 'node:net'
import type { Express, NextFunction, Request, Response } from 'express'
import { ipKeyGenerator } from 'express-rate-limit'
import type { House } from '../house/house.ts'

/** Whoever has one address of these has them all (RFC 6177). */
const ipv6Network = 64

/** One IPv4 address, or the network of an IPv6 address; `unknown` where a proxy names none. Read while the connection is open: later it has none. */
export function addressOf(request: Request): string {
  const told = withoutPort(request.ip ?? '')
  return isIP(told) === 0 ? 'unknown' : ipKeyGenerator(told, ipv6Network)
}

/** Some proxies add the port from which it came: each connection would count for itself. */
function withoutPort(told: string): string {
  if (isIP(told) !== 0) return told
  return told.slice(0, told.lastIndexOf(':')).replace(/^\[|\]$/g, '')
}

/** Says once, without an address, that a proxy names where requests come from and is not trusted: all people then count as one. */
export function warnOfProxies(house: House, app: Express) {
  let said = false
  return (request: Request, _response: Response, next: NextFunction) => {
    if (!said && request.headers['x-forwarded-for'] !== undefined && !believed(app, request)) {
      said = true
      house.log.warn('proxy-untrusted')
    }
    next()
  }
}

function believed(app: Express, { socket }: Request): boolean {
  const trusts = app.get('trust proxy fn') as (address: string | undefined, hop: number) => boolean // sound: express makes it of the setting
  return trusts(socket.remoteAddress, 0)
}
