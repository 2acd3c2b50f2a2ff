// Within which of an organisation's EHRs an id means one thing: what two base URLs have under one id is one thing only where they share
// their ids (http://hl7.org/fhir/R4/resource.html#id).
import { plainBase } from '../domain/ehr/reference.ts'
import type { Iss, OrganisationId, Ref } from '../domain/ids.ts'

/** What the settings say of an organisation's base URLs. */
export type Sharing = { readonly issuers: readonly { readonly iss: Iss }[]; readonly sharesIds?: boolean }

/** The organisation's different FHIR base URLs, in the order in which they are listed; one that is listed twice is one. */
export const differentBases = ({ issuers = [] }: Partial<Sharing>): readonly Iss[] => [
  ...new Set(issuers.map(({ iss }) => plainBase(iss))),
]

/** Base URLs that are listed both with a slash at the end and without: one issuer, and nobody could tell which row is meant. */
export function withAndWithoutSlash(
  issuers: readonly { readonly iss: Iss; readonly asListed?: string }[],
): readonly Iss[] {
  const slashed = new Set(issuers.flatMap(({ asListed }) => asListed ?? []))
  const both = issuers.filter(({ iss, asListed }) => asListed === undefined && slashed.has(`${iss}/`))
  return [...new Set(both.map(({ iss }) => iss))]
}

/**
 * The FHIR base URL under which an id from `iss` is meant; undefined where equal ids are one thing all over the organisation: it has one
 * EHR, or its base URLs share their ids. An organisation with several that does not say so is taken for one that does not share.
 */
export function ownBase(organisation: Partial<Sharing>, iss: Iss): Iss | undefined {
  const { sharesIds, issuers = [] } = organisation
  // Asked at every request: where all are written alike, as in most organisations, no URL is looked into.
  const alike = () => issuers.every((one) => one.iss === issuers[0]?.iss)
  const shares = sharesIds ?? (alike() || differentBases(organisation).length < 2)
  return shares ? undefined : plainBase(iss)
}

/** One person: Practitioner/1 of one organisation is someone else in another, and may be in another EHR of the same one. */
export const personKey = (organisation: Sharing & { readonly id: OrganisationId }, iss: Iss, ref: Ref) =>
  `${organisation.id}:${ownBase(organisation, iss) ?? ''}:${ref}` as const

/**
 * Whether what was kept of an EHR is of the one at `iss`. `base` is what stood in its name when it was kept: told apart once, it stays
 * apart from an EHR that is listed alone today.
 */
export function isOfEhr(
  organisation: Partial<Sharing>,
  kept: { readonly iss: Iss; readonly base?: Iss },
  iss: Iss,
): boolean {
  const own = ownBase(organisation, iss)
  if (own !== undefined) return plainBase(kept.iss) === own
  return organisation.sharesIds === true || kept.base === undefined || kept.base === plainBase(iss)
}
