// Whose word is taken on where a request came from: that of so many proxies in front of us, or of those at these addresses.
// Refuses to take everybody's: whoever asks would choose the address that is counted for them.
import { isIP } from 'node:net'
import { z } from 'zod'

export type TrustedProxies = number | readonly string[]

/** Ranges that have names: this machine; neighbours without a router; addresses of private networks. */
const named = ['loopback', 'linklocal', 'uniquelocal']
/** How many proxies anybody has in a row. */
const mostProxies = 9

/** `1`, or `loopback, 10.1.0.0/16`; `0` and `none` are nobody's word. */
export const trustedProxies: z.ZodType<TrustedProxies, string> = z
  .string()
  .transform((text, context): TrustedProxies => {
    const parts = text.split(',').map((part) => part.trim())
    const [only = ''] = parts
    if (parts.length === 1 && only === 'none') return 0
    if (parts.length === 1 && /^\d{1,3}$/.test(only) && Number(only) <= mostProxies) return Number(only)
    if (parts.length <= 50 && parts.every((part) => named.includes(part) || isRange(part))) return parts
    context.addIssue({
      code: 'custom',
      message: `must be how many proxies stand in front of the app (0 to ${mostProxies}), or their addresses with commas between, such as loopback, 10.1.0.7 or 10.1.0.0/16; not everybody's`,
    })
    return z.NEVER
  })

/** An address, or a network of them that is no larger than the largest private one. */
function isRange(text: string): boolean {
  const [address = '', length, ...more] = text.split('/')
  const kind = isIP(address)
  if (kind === 0 || more.length > 0) return false
  if (length === undefined) return true
  const [least, most] = kind === 4 ? [8, 32] : [7, 128]
  return /^\d{1,3}$/.test(length) && Number(length) >= least && Number(length) <= most
}
