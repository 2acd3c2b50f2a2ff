// Owns what an app asks for when it signs in and the launch context: putting it together when an app is started, and telling it in the
// token response.
import type { LaunchRequest, UserRef, UserType } from '../contract.ts'
import type { Hospital } from '../hospital.ts'
import type { Context, Grant } from './grants.ts'

/** What an app asks the authorization endpoint for, read and found in order. */
export type AuthorizationRequest = {
  /** The FHIR base it is for: the `aud`. */
  iss: string
  clientId: string
  redirectUri: string
  state: string
  scopes: readonly string[]
  challenge: string
  nonce?: string
  launch?: string
}

const userTypes = /^(Practitioner|PractitionerRole|Patient|RelatedPerson|Person)\/[A-Za-z0-9\-.]{1,64}$/

export function isUserRef(text: string): text is UserRef {
  return userTypes.test(text)
}

/** The context of a launch. A patient's own launch, or a relative's, is about that patient unless it says otherwise. */
export function contextOf({ store, iss, personality }: Hospital, request: LaunchRequest): Context {
  if (personality.smart?.contextless) {
    return { ...{ user: request.user, iss }, contextShape: 'none', needPatientBanner: true }
  }
  const patient = bareId(request.patient) ?? patientOf(store, request.user)
  const encounter = bareId(request.encounter)
  const usual = personality.smart?.appointment ?? 'objects'
  const shape = usual === 'never' ? 'none' : (request.contextShape ?? usual)
  // An EHR that never speaks of appointments has none in context, and so does not grant launch/appointment.
  const tells = usual !== 'never' && (shape !== 'none' || usual !== 'none')
  const appointment = tells ? bareId(request.appointment) : undefined
  return {
    ...{ user: request.user, iss },
    ...(patient && { patient }),
    ...(encounter && { encounter }),
    ...(appointment && { appointment }),
    ...(request.besides && { besides: request.besides }),
    contextShape: shape,
    needPatientBanner: request.needPatientBanner ?? true,
  }
}

/** The one patient a patient, or a relative, signs in for. Undefined for those who care for many. */
export function patientOf(store: Hospital['store'], user: UserRef): string | undefined {
  const [type, id = ''] = user.split('/')
  if (type === 'Patient') return id
  if (type === 'RelatedPerson') return bareId(store.get('RelatedPerson', id)?.patient.reference)
  if (type === 'Person') {
    const linked = (kind: UserType) => linksOf(store, id).find((reference) => reference.startsWith(`${kind}/`))
    const relative = linked('RelatedPerson')
    return bareId(
      linked('Patient') ?? (relative && store.get('RelatedPerson', relative.split('/')[1] ?? '')?.patient.reference),
    )
  }
  return undefined
}

function linksOf(store: Hospital['store'], person: string): string[] {
  return store.get('Person', person)?.link?.flatMap((link) => link.target.reference ?? []) ?? []
}

/** As whom a user may do things here: a Person with a practitioner's record may do what a practitioner may. */
export function kindOf(store: Hospital['store'], user: UserRef): UserType {
  const [type, id = ''] = user.split('/')
  const works = type === 'Person' && linksOf(store, id).some((reference) => reference.startsWith('Practitioner/'))
  // Sound: a UserRef begins with its UserType.
  return works ? 'Practitioner' : (type as UserType)
}

/** What of the context this grant may be told, in the shape the launch (or a fault) asks for. */
export function toldContext({ faults, origin, personality }: Hospital, grant: Grant): Record<string, unknown> {
  const { context, scopes } = grant
  const { contextless, neverNeedsBanner = false } = personality.smart ?? {}
  if (contextless) return {}
  const base = {
    need_patient_banner: !neverNeedsBanner && context.needPatientBanner,
    smart_style_url: `${origin}/smart-style.json`,
  }
  if (faults.strike('context-none')) return base
  const may = (what: string) => scopes.includes(`launch/${what}`)
  const whole = scopes.includes('launch')
  return {
    ...base,
    ...(context.patient && (whole || may('patient')) && { patient: context.patient }),
    ...(context.encounter && (whole || may('encounter')) && { encounter: context.encounter }),
    ...(context.appointment && may('appointment') && toldAppointment(faults, context.appointment, context)),
  }
}

function toldAppointment(
  faults: Hospital['faults'],
  id: string,
  { contextShape: shape, besides = [] }: Pick<Context, 'contextShape' | 'besides'>,
): object {
  const references = [`Appointment/${id}`, ...besides]
  if (shape === 'bare-strings' || faults.strike('context-bare-strings')) return { fhirContext: references }
  if (shape === 'appointment-member' || faults.strike('context-appointment-member')) return { appointment: id }
  return shape === 'none' ? {} : { fhirContext: references.map((reference) => ({ reference })) }
}

function bareId(reference: string | undefined): string | undefined {
  return reference?.split('/').at(-1)
}
