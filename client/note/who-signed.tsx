// Before a note is signed: of each person who was let in, whether it is known who they are, or the question once more. Whoever signs has seen it.
import type { ClinicianView, DoorPerson, Me } from '../../server/wire/wire.ts'
import type { Actions } from '../door/actions.ts'
import { WhoQuestion } from '../door/who-is-it.tsx'
import { clock } from '../ui/clock.ts'
import { whoSignedWords } from './signed-words.ts'
import { isNobodys } from './who-it-was.tsx'

type WhoSignedProps = { readonly me: Me; readonly view: ClinicianView; readonly identify: Actions['identify'] }

export function WhoSigned(props: WhoSignedProps) {
  const { me, view } = props
  const people = letIn(view)
  const sentence = sentenceOf(view, people, (at) => clock(at, me.organisation.timeZone))
  return (
    <div class="who-signed">
      {people.map((person) => (
        <OfPerson key={`${person.doorId} ${person.admittedAt}`} {...props} person={person} />
      ))}
      {sentence !== undefined && <p class={isNobodys(view) ? 'trouble' : ''}>{sentence}</p>}
    </div>
  )
}

/** Of a call in which nobody was, nobody is asked for. */
const letIn = ({ status, door, nobodyCame }: ClinicianView): readonly DoorPerson[] =>
  status === 'in-progress' && !nobodyCame ? door.filter(({ state }) => state === 'admitted') : []

function OfPerson({ me, view, person, identify }: WhoSignedProps & { readonly person: DoorPerson }) {
  if (person.identity?.is === 'confirmed')
    return <p>{whoSignedWords.confirmed(person.name, clock(person.identity.at, me.organisation.timeZone))}</p>
  return (
    <>
      <p class="trouble">{whoSignedWords.unsaid(person.name)}</p>
      <WhoQuestion {...{ me, view, person, identify }} inSheet />
    </>
  )
}

/** What is known for the visit as a whole, and what that means for the note. */
function sentenceOf(
  view: ClinicianView,
  people: readonly DoorPerson[],
  at: (time: string) => string,
): string | undefined {
  const { identity, status, nobodyCame, outcome } = view
  if (identity?.is === 'denied') return whoSignedWords.denied(at(identity.at))
  if (people.length > 0) return identity === undefined ? whoSignedWords.filedAllTheSame : undefined
  if (identity?.is === 'confirmed') return whoSignedWords.someone[identity.in](at(identity.at))
  const somebodyCame = status === 'finished' ? outcome === undefined : status === 'in-progress' && !nobodyCame
  return somebodyCame ? whoSignedWords.nobodySaid : undefined
}
