// What a token response tells of the EHR's screen (SMART App Launch 2.2, "Launch context arrives with your access token"). Read loosely:
// an EHR may add members, and what is no use is as if left out. Refuses an id that is none, or is of another type than its member's.

import { z } from 'zod'
import { idOf as idIn, isFhirId, relative } from '../../domain/ehr/reference.ts'
import { Refusal } from '../../domain/errors.ts'
import { given } from '../../domain/given.ts'
import type { Iss } from '../../domain/ids.ts'

export type LaunchContext = {
  readonly patient?: string
  readonly encounter?: string
  readonly appointment?: string
  /** Where several are open: nobody says which is meant. Then `appointment` is absent. */
  readonly appointments?: readonly string[]
  readonly needPatientBanner: boolean
  readonly styleUrl?: string
}

/** `77` or `Patient/77`, and never `Encounter/77`: the wrong patient is worse than no launch. */
const idOf = (type: string) =>
  z
    .string()
    .transform((told) => (told.startsWith(`${type}/`) ? told.slice(type.length + 1) : told))
    .refine(isFhirId)
    .nullish()

const TokenResponse = z.object({
  patient: idOf('Patient'),
  encounter: idOf('Encounter'),
  appointment: idOf('Appointment'),
  // Where it is no yes or no, our own banner is shown: two of them harm nobody.
  need_patient_banner: z.boolean().catch(true),
  smart_style_url: z.string().optional().catch(undefined),
  // Nobody's screen shows so many things: what is longer is no context.
  fhirContext: z.array(z.unknown()).max(200).catch([]),
})

// SMART 2.1 and later give objects, 2.0 gave bare strings.
const Item = z.union([
  z.string(),
  z
    .looseObject({ reference: z.string(), role: z.unknown().optional() })
    .transform(({ reference, role }) => (isOfLaunch(role) ? reference : undefined)),
])

/** What has another role stands beside the launch, as the visit before this one may: it was not opened for that (SMART 2.2, "fhirContext"). */
const isOfLaunch = (role: unknown): boolean => role === undefined || role === null || role === '' || role === 'launch'

/** How many appointments a launch may name: each is read by itself. */
const mostOpen = 20

/** Refuses (`launch-failed`) what names something else than it should. */
export function launchContextOf(iss: Iss, response: unknown): LaunchContext {
  const read = TokenResponse.safeParse(response)
  if (!read.success) throw new Refusal('launch-failed')
  const { patient, encounter, smart_style_url: styleUrl, need_patient_banner: needPatientBanner, ...said } = read.data
  const references = said.fhirContext.flatMap((item) => Item.safeParse(item).data ?? [])
  const theirs = references.flatMap((r) => relative(iss, r) ?? []).filter((r) => r.startsWith('Appointment/'))
  const found = [...new Set(theirs.map(idIn))]
  const several = found.length > 1
  const appointment = several ? undefined : (found[0] ?? said.appointment ?? undefined)
  return {
    needPatientBanner,
    ...(patient == null ? {} : { patient }),
    ...(encounter == null ? {} : { encounter }),
    ...given({ appointment, styleUrl, appointments: several ? found.slice(0, mostOpen) : undefined }),
  }
}
