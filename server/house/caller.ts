// Who asks, as every step knows them: a person at a clinic and, where the request names one, at a visit. How they signed in is known to
// those steps alone that ask the EHR or the sign-in itself; whoever was invited has no sign-in there.
import { given } from '../domain/given.ts'
import type { Iss, Ref, SignInId } from '../domain/ids.ts'
import { type Launch, seen } from '../domain/sign-in/launch.ts'
import type { OpenedInvitation, RoleAtVisit } from '../domain/visit/invitation-shape.ts'
import { invitedRef } from '../domain/visit/sides.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import type { Config, Organisation } from '../settings/config.ts'
import { issuerOf } from '../settings/issuer.ts'
import type { House } from './house.ts'

/** `signIn`: what stands in the URLs of their pages. `iss`: the EHR of their sign-in, or of the visit they are invited to. */
export type Caller = {
  readonly person: { readonly who: Ref; readonly name: string; readonly role: RoleAtVisit; readonly phone?: string }
  readonly organisation: Organisation
  readonly signIn: SignInId
  readonly iss: Iss
}
export type AtVisit = Caller & { readonly visit: Visit }
/** Whose EHR can be asked in their name. */
export type SignedIn = Caller & { readonly launch: Launch }
export type Party = SignedIn & AtVisit
/** Who came by an invitation: to this visit, and to nothing else. */
export type Invitee = AtVisit & { readonly invitation: OpenedInvitation }

/** The person of a sign-in, at the clinic whose EHR signed them in; refuses `unknown-issuer`. */
export const signedInBy = (config: Config, launch: Launch): SignedIn => ({
  person: { who: launch.fhirUser, name: launch.name, role: launch.role, ...given({ phone: launch.phone }) },
  organisation: issuerOf(config, launch).organisation,
  signIn: launch.id,
  iss: launch.iss,
  launch,
})

/** Somebody who was invited, at the clinic of the visit. */
export const invitedTo = (organisation: Organisation, visit: Visit, invitation: OpenedInvitation): Invitee => ({
  person: { who: invitedRef(invitation.id), name: invitation.name, role: invitation.as },
  organisation,
  signIn: invitation.id,
  iss: visit.iss,
  visit,
  invitation,
})

/** The person is there: their sign-in does not idle. Written at most once a minute. */
export async function awake<C extends SignedIn>(house: House, caller: C): Promise<C> {
  const now = house.now()
  if (seen(caller.launch, now) === caller.launch) return caller
  const { after: launch } = await house.changeLaunch(caller.launch.id, (l) => seen(l, now))
  return { ...caller, launch }
}

/** A live call and a place at the door are not idle. */
export const isLive = ({ visit, person }: AtVisit): boolean =>
  visit.status === 'in-progress' || (visit.status === 'arrived' && person.role !== 'clinician')
