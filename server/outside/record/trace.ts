// Which request something is done for, and from where it came. Holds no address: a hash by a key of the deployment's, another one each day.
import { createHmac, hkdfSync } from 'node:crypto'

export type Trace = {
  /** Ours, never what a header says: eight and four hexadecimal digits, short enough to be read out. */
  readonly requestId: string
  /** Sixteen hexadecimal digits. */
  readonly addressHash: string
}

/** Names an address on a day (of an instant, in UTC): the same name for it all day long, another one tomorrow. */
export type AddressHash = (address: string, at: string) => string

const mostKnown = 10_000

/**
 * There are only four thousand million IPv4 addresses: a plain hash of one is found by trying all. Whoever has not the deployment's
 * `secret` (32 bytes) can try none, and from one day to the next nobody can be followed, not even by who has the lines alone.
 */
export function openAddressHash(secret: Uint8Array): AddressHash {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'housecall: the address of who asks', 32))
  let today = { day: '', key }
  // Most requests come from who has asked before.
  const known = new Map<string, string>()
  return (address, at) => {
    const day = at.slice(0, 10)
    if (today.day !== day || known.size > mostKnown) known.clear()
    if (today.day !== day) today = { day, key: createHmac('sha256', key).update(day).digest() }
    const hash = known.get(address) ?? createHmac('sha256', today.key).update(address).digest('hex').slice(0, 16)
    known.set(address, hash)
    return hash
  }
}
