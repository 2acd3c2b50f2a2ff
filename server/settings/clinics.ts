// Reads the file of organisations so that one that is wrong hides nothing: of the others all is checked, and of this one what its
// variables must hold. Refuses nothing by itself: what is wrong is in the list of problems.
import { z } from 'zod'
import type { OrganisationId } from '../domain/ids.ts'
import { OrganisationEntry, OrganisationFile, type ReadOrganisation } from './organisations.ts'
import type { AskSetting, Env } from './problems.ts'
import { fileOf } from './variables.ts'

/** As much of an organisation as says which variables it needs. */
const Roughly = z.looseObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/) as unknown as z.ZodType<OrganisationId>, // sound: text that passed this check
  webhook: z.looseObject({}).optional().catch(undefined),
  mail: z
    .looseObject({ user: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
  jitsi: z.looseObject({ signing: z.literal('RS256').optional().catch(undefined) }).catch({}),
  issuers: z
    .array(
      z.looseObject({
        client: z.string().optional().catch(undefined),
        clientSecret: z
          .string()
          .regex(/^HOUSECALL_CLIENT_SECRET_[A-Z0-9_]+$/)
          .optional()
          .catch(undefined),
      }),
    )
    .catch([]),
})
export type RoughOrganisation = z.infer<typeof Roughly>

type Clinics = {
  readonly organisations: readonly ReadOrganisation[]
  /** Those in which something is wrong. */
  readonly rough: readonly RoughOrganisation[]
}

export function clinicsIn(ask: AskSetting, env: Env): Clinics {
  const whole = ask('HOUSECALL_CONFIG', fileOf(OrganisationFile))
  if (whole !== undefined) return { organisations: whole.organisations, rough: [] }
  const listed = fileOf(z.looseObject({ organisations: z.array(z.unknown()) })).safeParse(env.HOUSECALL_CONFIG)
  const each = (listed.data?.organisations ?? []).map((one) => ({ read: OrganisationEntry.safeParse(one), one }))
  return {
    organisations: each.flatMap(({ read }) => (read.success ? [read.data] : [])),
    rough: each.flatMap(({ read, one }) => (read.success ? [] : (Roughly.safeParse(one).data ?? []))),
  }
}
