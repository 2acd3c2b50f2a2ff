// The words in the EHR's list of capabilities (SMART App Launch 2.2, "Capabilities"), each with what it means for a visit.
// The list says what the software can do, not what this client may.
import { given } from '../server/domain/given.ts'
import type { Issuer } from '../server/settings/config.ts'
import type { Configuration } from './configuration.ts'
import { type Ask, about, type Finding, ofEhr, ofUs } from './finding.ts'
import type { Subject } from './subject.ts'

type Meaning = {
  readonly word: string
  /** What the launcher calls it: it hands on what it was told. */
  readonly passing?: string
  readonly has: string
  /** True also of an EHR that does it and does not say so. */
  readonly hasNot: string
  readonly ask?: Ask
}

const meanings: readonly Meaning[] = [
  {
    word: 'permission-offline',
    has: 'A visit may last longer than one access token.',
    hasNot: 'It does not say that it renews sign-ins: people may be signed out when the access token ends.',
    ask: ofEhr('Allow this client offline_access: access tokens may end before a visit does.'),
  },
  {
    word: 'context-ehr-patient',
    has: "A launch says whose chart is open, and opens that patient's visits.",
    hasNot: 'It does not say that a launch names the patient: where none does, the whole day is listed.',
  },
  {
    word: 'context-ehr-encounter',
    has: 'A launch can name the Encounter that a note belongs to.',
    hasNot: 'It does not say that a launch names the Encounter: where none does, it is looked for.',
  },
  {
    word: 'authorize-post',
    has: 'Sign-in requests go by POST, and not in an address.',
    hasNot: 'Sign-in requests go in the address of a page (GET).',
  },
  {
    word: 'context-banner',
    passing: 'context-passthrough-banner',
    has: "A launch can say that the EHR's page shows the patient's name already.",
    hasNot: "We show the patient's name and birth date, unless a launch says that the EHR does.",
  },
  {
    word: 'context-style',
    passing: 'context-passthrough-style',
    has: 'It can lend the pages its own colours and fonts.',
    hasNot: "It does not say that it lends colours: unless a launch brings some, the pages wear the clinic's.",
  },
]

/** `refused`: the error with which a sign-in from our own page was sent back. */
export function capabilitiesOf(
  subject: Subject,
  configuration: Configuration,
  refused: string | undefined,
): readonly Finding[] {
  const listed = configuration.capabilities ?? []
  return [
    ...launches(listed, refused),
    signsIn(listed, configuration),
    permissions(listed),
    appointmentContext(configuration),
    ...meanings.map(({ word, passing = word, has, hasNot, ask }) => {
      const { ok, missing } = about(word, `the capability ${word}`)
      return listed.includes(word) || listed.includes(passing) ? ok(has) : missing(hasNot, given({ ask }))
    }),
    clientKind(subject, listed, configuration),
  ]
}

function launches(listed: readonly string[], refused: string | undefined): readonly Finding[] {
  const fromEhr = about('launch-ehr', 'the capability launch-ehr')
  const alone = about('launch-standalone', 'the capability launch-standalone')
  const [ehr, standalone] = [listed.includes('launch-ehr'), listed.includes('launch-standalone')]
  const nobody = standalone
    ? alone.missing('It lists sign-in from our own page, and has sent ours back.', { essential: !ehr })
    : alone.missing('It does not list sign-in from our own page, without the EHR.', { essential: !ehr })
  return [
    ehr
      ? fromEhr.ok('A visit opens from the chart or the portal.')
      : fromEhr.missing('It does not say that it opens apps from the chart or the portal.', {
          essential: !standalone,
          ask: ofEhr('Support launch-ehr (SMART 2.2, EHR launch) for this client, and list it.'),
        }),
    standalone && refused === undefined
      ? alone.ok('People can also sign in without the EHR, from our own page.')
      : nobody,
  ]
}

function signsIn(listed: readonly string[], { issuer, jwks_uri }: Configuration): Finding {
  const { ok, warning, missing } = about('sso-openid-connect', 'the capability sso-openid-connect')
  if (listed.includes('sso-openid-connect')) return ok('It says who signed in (openid fhirUser).')
  const ask = ofEhr('Support sso-openid-connect for this client: openid and fhirUser must be granted.')
  // A list may be short where issuer and keys are published all the same.
  if (issuer !== undefined && jwks_uri !== undefined)
    return warning('It does not list sso-openid-connect, though it has an issuer and keys.', { ask })
  return missing('It does not say who signed in: nobody could be let in.', { ask, essential: true })
}

function permissions(listed: readonly string[]): Finding {
  const { ok, warning } = about('permission', 'the capabilities permission-v1 and permission-v2')
  if (listed.includes('permission-v2')) return ok('It takes scopes in v2 syntax; they are asked for so.')
  if (listed.includes('permission-v1')) return ok('It takes scopes in v1 syntax alone; they are asked for so.')
  return warning('It names no syntax for scopes; v2 is asked for.', {
    ask: ofEhr('List permission-v1 or permission-v2, whichever syntax of scopes you take.'),
  })
}

/** No word of SMART 2.2's own: `launch/appointment` in fhirContext, which some servers list under this name. No promise either way. */
export const appointmentInLaunch = ({ capabilities = [], scopes_supported = [] }: Configuration): boolean =>
  capabilities.includes('context-ehr-appointment') || scopes_supported.includes('launch/appointment')

function appointmentContext(configuration: Configuration): Finding {
  const { ok, missing } = about('context-ehr-appointment', 'the Appointment in the launch')
  return appointmentInLaunch(configuration)
    ? ok('It lists launch/appointment: where a launch names its Appointment, one click opens the visit.')
    : missing('It does not list launch/appointment: unless a launch names it, the Appointment is looked for.')
}

const kinds: Readonly<Record<Issuer['client'], readonly [capability: string, method: string]>> = {
  public: ['client-public', 'none'],
  client_secret_basic: ['client-confidential-symmetric', 'client_secret_basic'],
  client_secret_post: ['client-confidential-symmetric', 'client_secret_post'],
  private_key_jwt: ['client-confidential-asymmetric', 'private_key_jwt'],
}

/** How our client proves itself, against what the EHR says it takes; without a client of ours, what that is. */
function clientKind({ ours }: Subject, listed: readonly string[], configuration: Configuration): Finding {
  const { ok, warning, missing } = about('client-kind', 'how a client may prove itself')
  const methods = configuration.token_endpoint_auth_methods_supported
  const takes = (kind: Issuer['client']) => {
    const [capability, method] = kinds[kind]
    // `none` need not stand in the list (RFC 8414, 2), and the list need not stand there at all.
    return listed.includes(capability) && (method === 'none' || (methods?.includes(method) ?? true))
  }
  const taken = (Object.keys(kinds) as Issuer['client'][]).filter(takes) // sound: its own keys
  const details = taken.map((kind) => kind)
  if (ours !== undefined)
    return takes(ours.issuer.client)
      ? ok(`It lists clients of our kind, ${ours.issuer.client}.`, { details })
      : warning(`It does not list our kind of client, ${ours.issuer.client}.`, {
          details,
          ask: ofUs(
            `Set "client" to what it takes and the app is registered as: ${taken.join(', ') || 'it names none'}.`,
          ),
        })
  if (takes('private_key_jwt')) return ok('It lists clients with private_key_jwt, the kind to register.', { details })
  return missing('It lists no clients with private_key_jwt, the safest kind.', {
    details,
    ask: ofEhr('Register the app with private_key_jwt (client-confidential-asymmetric) if you can.'),
  })
}
