// One person at the door: how it is with them, and what can be done: let in, or turn away for now or for good.
// Refuses to let in two by a double press: the second may stand where the first did.
import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import type { ClinicianView, DoorPerson, Me } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { notThereWords } from '../ui/away.ts'
import { clock, now } from '../ui/clock.ts'
import { isFocusLost } from '../ui/lost-focus.ts'
import { usePress } from '../ui/press.ts'
import { Inline } from '../ui/problem.tsx'
import { Steady } from '../ui/steady.tsx'
import { spanShort } from '../ui/times.ts'
import type { Actions } from './actions.ts'
import { ByReading, offeredAsRead, WhatItSaid } from './as-read.tsx'
import { personWords } from './clinician-words.ts'
import { Consented } from './consented.tsx'
import { identityWords } from './identity-words.ts'
import { invitedAs, invitedWords } from './invite-words.ts'
import { LetInAgain } from './let-in-again.tsx'
import { messageSentences } from './message-words.ts'
import { missingBeside } from './speaks-for.ts'
import { stuckWords } from './stuck-words.ts'
import { TheirPhone } from './their-phone.tsx'
import { TurnAway } from './turn-away.tsx'
import { saidWhy } from './turned-away-words.ts'
import { waitsNow } from './waits.ts'

type PersonProps = {
  readonly person: DoorPerson
  readonly view: ClinicianView
  readonly me: Me
  readonly actions: Actions
}
type Act = (person: DoorPerson) => Promise<Problem | undefined>

export function Person({ person, view, me, actions }: PersonProps) {
  const name = useRef<HTMLHeadingElement>(null)
  // What was pressed is gone: who reads by keyboard goes on from the name, unless the call has begun with it.
  const goOn = () => requestAnimationFrame(() => isFocusLost() && name.current?.focus({ preventScroll: true }))
  const { busy, problem, run } = useRun(person, goOn)
  const readAt = offeredAsRead(person, problem)
  return (
    <li class={`person ${person.state}`}>
      <h3 ref={name} tabIndex={-1}>
        {person.name}
      </h3>
      {isSentAsAnother(person) && person.identity && (
        <p class="trouble">{identityWords.deniedAt(clock(person.identity.at, me.organisation.timeZone))}</p>
      )}
      <PersonState person={person} view={view} me={me} />
      {problem !== undefined && readAt === undefined && <Inline problem={problem} me={me} />}
      {readAt !== undefined && <WhatItSaid {...{ view, me, problem, readAt }} />}
      <Buttons {...{ person, me, busy, readAt }} run={run} actions={actions}>
        <TurnAway person={person} me={me} actions={actions} onDone={goOn} />
      </Buttons>
    </li>
  )
}

/** One thing done to the person at a time, and what stood in its way. */
function useRun(person: DoorPerson, onDone: () => void) {
  const { busy, problem, press } = usePress()
  const run = async (act: Act) => {
    await press(() => act(person))
    onDone()
  }
  return { busy, problem, run: (act: Act) => () => void run(act) }
}

/** It was said in the call that they are not whom the visit is for. */
const isSentAsAnother = ({ state, identity }: DoorPerson): boolean => state !== 'admitted' && identity?.is === 'denied'

type ButtonsProps = {
  readonly person: DoorPerson
  readonly me: Me
  readonly busy: boolean
  readonly actions: Actions
  /** While the health record system says nothing: by what it said then somebody can be let in. */
  readonly readAt: Problem['readAt']
  run(act: Act): () => void
  readonly children: ComponentChildren
}

function Buttons({ person, me, busy, actions, readAt, run, children }: ButtonsProps) {
  const { state } = person
  return (
    <div class="person-do">
      {readAt !== undefined && (
        <ByReading
          {...{ person, readAt, me, busy }}
          onYes={run((at) => actions.admit(at, readAt))}
          onAskAgain={run(actions.admit)}
        />
      )}
      {state === 'waiting' && readAt === undefined && <LetIn {...{ person, busy }} onLetIn={run(actions.admit)} />}
      {children}
    </div>
  )
}

type LetInProps = Pick<ButtonsProps, 'person' | 'busy'> & { onLetIn(): void }

function LetIn({ person, busy, onLetIn }: LetInProps) {
  if (isSentAsAnother(person)) return <LetInAgain {...{ person, busy, onLetIn }} />
  const { doorId, name } = person
  return (
    <Steady does={doorId} once class="main" disabled={busy} aria-label={personWords.admitNamed(name)} onPress={onLetIn}>
      {busy ? personWords.admitting : personWords.admit}
    </Steady>
  )
}

function PersonState({ person, view, me }: Omit<PersonProps, 'actions'>) {
  const { camera, microphone } = person.devices
  const { hindrance } = person
  const waits = spanShort(Date.parse(person.knockedAt), now.value)
  return (
    <p class="person-state">
      {person.as === 'representative' && <span>{personWords.forPatient(view.patient.name)}</span>}
      <ByInvitation person={person} view={view} />
      <Missing person={person} view={view} />
      <TheirPhone person={person} view={view} />
      {waitsNow(person) && <span>{personWords.waiting(waits, clock(person.knockedAt, me.organisation.timeZone))}</span>}
      {person.state === 'admitted' && <InCall person={person} me={me} />}
      <Identity person={person} me={me} />
      <Consented person={person} view={view} me={me} />
      {person.notNow !== undefined && (
        <span>
          {personWords.askedToWait(clock(person.notNow.at, me.organisation.timeZone))} {saidWhy(person.notNow.why)}
        </span>
      )}
      <Written person={person} me={me} />
      {person.state === 'declined' && (
        <span>
          {personWords.sentAway} {person.why && saidWhy(person.why)}
        </span>
      )}
      {!person.here && person.state !== 'declined' && person.call === undefined && (
        <span class="tag">{notThereWords(person, me.organisation.timeZone) ?? personWords.notHere}</span>
      )}
      {!camera && <span class="tag">{personWords.noCamera}</span>}
      {!microphone && <span class="tag">{personWords.noMicrophone}</span>}
      {hindrance !== undefined && (
        <span>{stuckWords.atDoor(hindrance, clock(hindrance.since, me.organisation.timeZone))}</span>
      )}
      {hindrance?.byTelephone && <strong>{stuckWords.byTelephone}</strong>}
    </p>
  )
}

/** The last that was written to them, and whether their own page has said that it shows it. */
function Written({ person: { messages = [] }, me }: Pick<PersonProps, 'person' | 'me'>) {
  const last = messages.at(-1)
  if (last === undefined) return null
  const { at, says, shownAt } = last
  const time = (instant: string) => clock(instant, me.organisation.timeZone)
  const { wrote, onTheirPage, notOnTheirPage } = personWords
  return (
    <span>
      {wrote(time(at), 'words' in says ? says.words : messageSentences[says.reason])}{' '}
      {shownAt === undefined ? notOnTheirPage : onTheirPage(time(shownAt))}
    </span>
  )
}

/** Whoever is let in without the other cannot be spoken with. */
function Missing({ person, view }: Pick<PersonProps, 'person' | 'view'>) {
  const missing = missingBeside(person, view)
  return missing === undefined ? null : <span class="tag">{invitedWords.missing[missing](view.patient.name)}</span>
}

/** What they were invited as, and by whom; an interpreter stands with whom they speak for. */
function ByInvitation({ person: { as, invited }, view }: Pick<PersonProps, 'person' | 'view'>) {
  if (invited === undefined || as === 'patient' || as === 'representative') return null
  return (
    <>
      <span>{invitedAs({ as, ...invited })}</span>
      {as === 'interpreter' && <span>{invitedWords.with(view.patient.name)}</span>}
      <span>{invitedWords.by(invited.by)}</span>
    </>
  )
}

/** That they were confirmed since they were let in. */
function Identity({ person: { identity }, me }: Pick<PersonProps, 'person' | 'me'>) {
  if (identity?.is !== 'confirmed') return null
  return <span>{identityWords.confirmedAt(clock(identity.at, me.organisation.timeZone))}</span>
}

/** By their own page, not by the picture: a picture may stand still. */
function InCall({ person: { call }, me }: Pick<PersonProps, 'person' | 'me'>) {
  if (call?.at === 'gone')
    return <span class="tag">{personWords.gone(clock(call.since, me.organisation.timeZone))}</span>
  const { letIn, inCall, comingIn } = personWords
  return <span class="good">{call === undefined ? letIn : call.at === 'in' ? inCall : comingIn}</span>
}
