// What the settings say of an organisation's mail: by which server it goes out, from whom, and to whom at all. Refuses a server without TLS and one
// of this machine, unless it is for a trial; an address that is none; never repeats the password.
import { isIP } from 'node:net'
import { z } from 'zod'
import { given } from '../domain/given.ts'
import { isMailAddress } from '../domain/notice/address.ts'
import { isLoopbackAddress } from './addresses.ts'
import { always } from './issuer-row.ts'
import type { AskSetting } from './problems.ts'

export type MailSettings = z.infer<typeof MailRow> & { readonly port: number; readonly password?: string }

const address = z.string().refine(isMailAddress, { message: 'must be one plain address, such as visits@example.org' })
const hostName = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i
/** It stands in inboxes and calendars. */
const shownName = z
  .string()
  .min(1)
  .max(60)
  .refine((name) => !/["<>\p{Cc}]/u.test(name), { message: 'must have no quotes, no < or >, and be one line' })

export const MailRow = z
  .strictObject({
    host: z.string().refine((host) => hostName.test(host) || isIP(host) > 0, {
      message: 'must be the name of a mail server, such as smtp.example.org',
    }),
    /** 587 unless told, 465 where TLS comes first. */
    port: z.int().min(1).max(65_535).exactOptional(),
    /** `starttls`: asked for before anything else, and nothing is sent without it. `first`: the connection begins with it. */
    tls: z.enum(['starttls', 'first', 'none']).default('starttls'),
    /** Who signs in there; nobody unless told. */
    user: z.string().min(1).max(254).exactOptional(),
    from: z.strictObject({ name: shownName, address }),
    /** Where a mail server says later that it could not deliver; `from` unless told. */
    bounces: address.exactOptional(),
    /** `asked`: only whoever asked for it on our page. `clinic`: everybody whose record has an address, for the organisation has their yes. */
    to: z.enum(['asked', 'clinic']).default('asked'),
    /** For a trial on one machine: the server is of this machine, and may do without TLS. */
    loopback: z.literal(true).exactOptional(),
  })
  .superRefine((row, context) => {
    if (typeof row?.host !== 'string') return
    const isHere = isIP(row.host) > 0 ? isLoopbackAddress(row.host) : /(^|\.)localhost$/i.test(row.host)
    const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (row.loopback === true && !isHere)
      wrong('host', 'must be of this machine, since "loopback" is true; take that out for any other')
    if (row.loopback !== true && isHere)
      wrong('host', 'is of this machine itself; for a trial on one machine set "loopback": true beside it')
    if (row.loopback !== true && row.tls === 'none')
      wrong('tls', 'must be "starttls" or "first": mail to people is not sent in the clear')
  }, always)

export const MailPassword = z.string().min(1, 'is empty').max(1_000)

/** `name`: of the variable with its password, which is read only where somebody signs in. */
export function mailOf(
  ask: AskSetting,
  name: string,
  mail: z.infer<typeof MailRow> | undefined,
): { mail?: MailSettings } {
  if (mail === undefined) return {}
  const password = mail.user === undefined ? undefined : ask(name, MailPassword)
  const port = mail.port ?? (mail.tls === 'first' ? 465 : 587)
  return { mail: { ...mail, port, ...given({ password }) } }
}
