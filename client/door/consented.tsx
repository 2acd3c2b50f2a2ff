// Consent to telehealth, as a clinician sees it beside a name; and who took theirs back, which ends the visit for them.
import { useEffect } from 'preact/hooks'
import type { ClinicianView, DoorPerson, Me, Withdrew } from '../../server/wire/wire.ts'
import { announce } from '../ui/announce.ts'
import { clock } from '../ui/clock.ts'
import { consentedWords } from '../ui/consented-words.ts'
import { personWords } from './clinician-words.ts'
import { TheirPhone } from './their-phone.tsx'

type ConsentedProps = {
  readonly person: Pick<DoorPerson, 'consent'>
  readonly view: Pick<ClinicianView, 'asksConsent'>
  readonly me: Me
}

/** Nothing where the clinic asks for none. */
export function Consented({ person: { consent }, view, me }: ConsentedProps) {
  if (consent !== undefined)
    return <span>{consentedWords.given(consent.version, clock(consent.at, me.organisation.timeZone))}</span>
  return view.asksConsent ? <span class="tag">{consentedWords.none}</span> : null
}

type TookBackProps = { readonly person: Withdrew; readonly view: ClinicianView; readonly me: Me }

export function TookBack({ person, view, me }: TookBackProps) {
  const { name, as, at } = person
  const said = consentedWords.withdrew(name, clock(at, me.organisation.timeZone))
  useEffect(() => announce(said), [at])
  return (
    <li class="person stuck">
      <p>
        <strong>{said}</strong>
      </p>
      <p class="person-state">
        {as === 'representative' && <span>{personWords.forPatient(view.patient.name)}</span>}
        <TheirPhone person={person} view={view} />
      </p>
    </li>
  )
}
