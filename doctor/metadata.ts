// What the EHR's CapabilityStatement says it can do for a visit: the FHIR version, whose software it is, what can be read.
// A hint only: it speaks of the software, not of this client.
import { asServer, type Profile, type Statement } from '../server/domain/ehr/capability.ts'
import { CapabilityStatement } from '../server/outside/ehr/resources.ts'
import { about, type Finding, ofEhr, ofUs } from './finding.ts'
import { type Answer, readAs } from './request.ts'
import { type Subject, servesClinicians } from './subject.ts'

export type Told = { readonly statement?: Statement; readonly finding: Finding }

export const metadataUrl = (iss: string) => `${iss}/metadata`

/** From here on, in milliseconds, a statement is called slow: a person who files a note waits as long for the first one. */
const slowMs = 3_000
const unread = ofEhr('Let /metadata be read by everyone, as FHIR asks of every server.')
const slow = ofEhr('See why /metadata is slow: the first filing waits for it, up to 20 s, and then goes on without it.')

export function readMetadata(iss: string, answer: Answer): Told {
  const { ok, warning, failed } = about('metadata', `GET ${metadataUrl(iss)}`)
  const untold = (means: string, ask = unread) => ({
    finding: failed(means, { essential: false, ask }),
  })
  if (!answer.came) {
    const late = /^no answer within/.test(answer.why)
    return untold(
      `It ${late ? 'is too slow to say' : 'does not say'} what it can do: ${answer.why}.`,
      late ? slow : unread,
    )
  }
  if (answer.status >= 300 && answer.status < 400)
    return untold('It sends us on to another address, which is not followed.')
  if (answer.status === 429)
    return untold(
      'It was too busy to say what it can do (429).',
      ofUs('Ask again in a while: until it says, filing is tried with care.'),
    )
  if (answer.status !== 200) return untold(`It does not say what it can do: it answered ${answer.status}.`)
  const statement = readAs(CapabilityStatement, answer)
  if (statement === undefined) return untold('It does not say what it can do: what answers is no CapabilityStatement.')
  if (/^4\.0\./.test(statement.fhirVersion)) {
    const speaks = `It speaks FHIR R4 (${statement.fhirVersion})`
    if (answer.tookMs < slowMs) return { statement, finding: ok(`${speaks}.`) }
    const took = `${speaks}, and is slow to say so: ${Math.round(answer.tookMs / 1000)} s.`
    return { statement, finding: warning(took, { ask: slow }) }
  }
  const ask = ofUs('Give the base URL of its FHIR R4 server: many EHRs have one for each version.')
  return { finding: failed(`It speaks FHIR ${statement.fhirVersion}, and visits need R4.`, { ask }) }
}

const names = { epic: 'Epic', oracle: 'Oracle Health', generic: 'an R4 server like any other' } as const

export function kindOf(profile: Profile, { ours }: Subject): Finding {
  const { ok, unchecked } = about('ehr-kind', 'whose software it is')
  const details = [profile.kind, ...(profile.software === undefined ? [] : [profile.software])]
  if (ours?.issuer.ehr !== undefined) return ok(`Taken for ${names[profile.kind]}: the settings say so.`, { details })
  if (!profile.told) return unchecked('Whose software it is, is not known.', { details })
  return ok(`Taken for ${names[profile.kind]}, by the name of its software.`, { details })
}

/** Single resources that are read: no visit without the first three. */
export function readsOf(statement: Statement, subject: Subject): readonly Finding[] {
  const rest = asServer(statement)?.resource ?? []
  const reads = (type: string) => rest.find((r) => r.type === type)?.interaction?.some(({ code }) => code === 'read')
  const needed = ['Appointment', 'Patient', ...(servesClinicians(subject) ? ['Practitioner'] : [])]
  const lacking = needed.filter((type) => !reads(type))
  const all = about('reads', `read of ${needed.join(', ')}`)
  return [
    lacking.length === 0
      ? all.ok(`${needed.slice(0, -1).join(', ')} and ${needed.at(-1)} can be read.`)
      : all.missing(`No visit: no reading of ${lacking.join(', ')}.`, {
          essential: true,
          ask: ofEhr(`Let this client read ${lacking.join(', ')}.`),
        }),
    ...wished.map(([type, has, hasNot]) => {
      const { ok, missing } = about(`read-${type}`, `read of ${type}`)
      return reads(type) ? ok(has) : missing(hasNot)
    }),
  ]
}

const wished = [
  [
    'RelatedPerson',
    'Parents and other representatives can sign in.',
    'Parents and other representatives cannot sign in.',
  ],
  [
    'PractitionerRole',
    'Clinicians can be known by a PractitionerRole.',
    'Clinicians must be known as Practitioner, not by a PractitionerRole.',
  ],
] as const

/** LOINC codes Epic maps to types of its own notes, as far as is known in public. */
const epicTypes: ReadonlySet<string> = new Set([
  ...['11506-3', '34117-2', '11488-4', '34111-5', '28570-0', '34748-4', '34746-8'],
])

export function noteType({ kind }: Profile, { ours }: Subject): Finding {
  const { ok, warning } = about('note-type', 'the LOINC type of a note')
  const { code, display } = ours?.issuer.noteType ?? { code: '11506-3', display: 'Progress note' }
  if (kind !== 'epic') return ok(`Notes go in as LOINC ${code}, ${display}.`)
  if (epicTypes.has(code)) return ok(`Notes go in as LOINC ${code}, ${display}, which Epic takes.`)
  return warning(`Notes go in as LOINC ${code}, which is not on Epic's known list.`, {
    ask: ofUs(`Leave "noteType" out (11506-3, Progress note), or ask which types this Epic takes.`),
  })
}
