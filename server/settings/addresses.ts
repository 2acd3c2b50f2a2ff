// Tells by its form whether an address of the internet is one that anybody may be reached at, or one within a network, of this machine, or of no
// one (IANA's special-purpose registries, RFC 6890). Connects to none.
import { BlockList, isIP } from 'node:net'

/** This network, private ones, carriers' (RFC 6598), this machine, neighbours and clouds' metadata, documentation, tests, 6to4, groups, no one. */
const inside4 = [
  ...[
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
  ],
  ...['192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4'],
]
/** All that is given out to anybody (RFC 4291, 2.4): mapped IPv4, translated IPv4, private, neighbours and groups lie outside of it. */
const public6 = '2000::/3'
/** Of that: Teredo and other protocols' own, documentation, and 6to4, which has an IPv4 address within. */
const inside6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const listOfNetworks = (kind: 'ipv4' | 'ipv6', networks: readonly string[]): BlockList => {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', length] = network.split('/')
    list.addSubnet(address, Number(length), kind)
  }
  return list
}
const [within4, given6, within6] = [
  listOfNetworks('ipv4', inside4),
  listOfNetworks('ipv6', [public6]),
  listOfNetworks('ipv6', inside6),
]
const [loopback4, loopback6] = [listOfNetworks('ipv4', ['127.0.0.0/8']), listOfNetworks('ipv6', ['::1/128'])]

/** False also for what is no address. */
export function isPublicAddress(address: string): boolean {
  const kind = isIP(address)
  if (kind === 4) return !within4.check(address, 'ipv4')
  return kind === 6 && given6.check(address, 'ipv6') && !within6.check(address, 'ipv6')
}

export function isLoopbackAddress(address: string): boolean {
  const kind = isIP(address)
  return kind === 4 ? loopback4.check(address, 'ipv4') : kind === 6 && loopback6.check(address, 'ipv6')
}

/** Private networks, and carriers': where a clinic's own servers stand. */
const own = [
  listOfNetworks('ipv4', ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16']),
  listOfNetworks('ipv6', ['fc00::/7']),
] as const

/** Of the internet, or of the clinic's own network; not of this machine, nor of neighbours with the clouds' metadata. */
export function isPublicOrOwnAddress(address: string): boolean {
  const kind = isIP(address)
  if (kind === 0) return false
  return isPublicAddress(address) || (kind === 4 ? own[0].check(address, 'ipv4') : own[1].check(address, 'ipv6'))
}

/** The host of a URL where it is written as an address, without the brackets of IPv6; undefined where it is a name. */
export function addressIn({ hostname }: URL): string | undefined {
  const bare = hostname.replace(/^\[|\]$/g, '')
  return isIP(bare) === 0 ? undefined : bare
}
