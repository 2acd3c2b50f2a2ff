// Branded identifiers: a visit's id is not a launch's, and the compiler knows it.
// Nothing here makes one from outside text; the schemas at the edges do.

declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

/** Our own random handle of one launch, in the URL; no credential and never SMART's `launch`. */
export type LaunchId = Branded<'LaunchId'>
/** One per Appointment of an organisation, and of its EHR where it has several with ids of their own. */
export type VisitId = Branded<'VisitId'>
/** Our own random handle of one invitation, in the URLs of whoever came by it; no credential. */
export type InvitationId = Branded<'InvitationId'>
/** How somebody came in: what stands in the URLs of their pages. */
export type SignInId = LaunchId | InvitationId
/** Someone at one visit's door, whoever it is. */
export type DoorId = Branded<'DoorId'>
export type OrganisationId = Branded<'OrganisationId'>
/** `Appointment.id` as the EHR gave it. */
export type AppointmentId = Branded<'AppointmentId'>
/** Jitsi's room: lower-case base32, unguessable. */
export type RoomName = Branded<'RoomName'>
/** The FHIR base URL of an EHR, as listed in the configuration, without a slash at its end. */
export type Iss = Branded<'Iss'>
/** A relative FHIR reference such as `Patient/123`. */
export type Ref<Type extends string = string> = `${Type}/${string}`
/** A FHIR instant in UTC, as text: `2026-03-02T09:30:00.000Z`. Two of them compare as text. */
export type Instant = Branded<'Instant'>
