// The screens of whoever was invited to a visit, where they differ from its patient's: they are in no queue of patients, nobody rings them up, and
// the visit may go on without them. Comes when it is wanted.
import { Away, Ending, TooEarly } from '../day/patient-ends.tsx'
import { ClinicKnows } from '../door/by-telephone.tsx'
import { Check } from '../door/check.tsx'
import { invitedCannot, invitedDeclined, invitedOver, invitedWaitingWords } from '../door/invited-waiting-words.ts'
import { LockedDoor } from '../door/locked.tsx'
import { cannotWords } from '../door/meanwhile-words.ts'
import { saidWhy, turnedAwayWords } from '../door/turned-away-words.ts'
import { Waiting } from '../door/waiting.tsx'
import type { ScreenProps } from './screen-props.ts'

const waitingAsInvited = { ...invitedWaitingWords, turn: () => invitedWaitingWords.turn }

export function InvitedScreen(screen: ScreenProps) {
  const { me, view, wish, lost, onLeave, onStep, onCannot, onAgain } = screen
  const { place } = view
  if (place.at === 'door')
    return <Waiting {...{ me, view, lost, onLeave, onStep, onCannot }} door={place} words={waitingAsInvited} />
  if (place.at === 'declined' && wish !== 'again') return <DeclinedInvited {...screen} />
  if (place.at === 'declined') return <Check {...screen} />
  if (place.at !== 'outside') return null
  return wish === 'away' ? <Away me={me} visit={view} onAgain={onAgain} /> : <OutsideInvited {...screen} />
}

function OutsideInvited(screen: ScreenProps) {
  const { me, view, watched, lost, onTell, onKnock, onGiveUp } = screen
  const { place } = view
  if (place.at !== 'outside') return null
  if (place.cannotCome !== undefined) {
    const words = { ...cannotWords, ...invitedCannot }
    return <ClinicKnows {...{ me, view, words }} since={place.cannotCome} onVideo={() => onTell({})} />
  }
  if (place.window === 'too-early')
    return <TooEarly me={me} visit={view} opensAt={view.opensAt} onOpen={watched.look} />
  if (place.window === 'over')
    return (
      <Ending title={invitedOver.title} me={me} visit={view}>
        <p>{invitedOver.todo}</p>
      </Ending>
    )
  if (place.locked !== undefined)
    return <LockedDoor {...{ me, view, lost, onKnock }} door={place.locked} onLeave={onGiveUp} />
  return <Check {...screen} />
}

/** What was chosen among the reasons is meant for patients; a clinician's own words are shown as hers. */
function DeclinedInvited({ me, view, onAgain }: ScreenProps) {
  const { place } = view
  const why = place.at === 'declined' && place.why !== undefined && 'words' in place.why ? place.why : undefined
  return (
    <Ending title={invitedDeclined.title} me={me} visit={view}>
      {why !== undefined && <p class="big">{saidWhy(why)}</p>}
      <p>{invitedDeclined.todo}</p>
      <button type="button" onClick={onAgain}>
        {turnedAwayWords.again}
      </button>
    </Ending>
  )
}
