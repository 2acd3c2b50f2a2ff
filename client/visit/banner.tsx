// Whose visit this is, always in sight: name, birth date with age, time, interpreter. Also the sound switch; and the end, which is seen
// beside it and reached last, after person, call and note.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { ClinicianView, Me } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { StillInCall } from '../door/still-in-call.tsx'
import { born } from '../ui/born.ts'
import { muted } from '../ui/chime.ts'
import { interpreterNeeded } from '../ui/clinician-words.ts'
import { clock, now } from '../ui/clock.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Heading } from '../ui/heading.tsx'
import { PhoneLink } from '../ui/phone.tsx'
import { usePress } from '../ui/press.ts'
import { Inline } from '../ui/problem.tsx'
import { span } from '../ui/times.ts'
import { bannerWords, endWords } from './clinician-words.ts'
import { bannerNames } from './visit-of.tsx'

type BannerProps = { readonly me: Me; readonly view: ClinicianView }
type TopProps = BannerProps & {
  /** Who waits elsewhere. */
  readonly children: ComponentChildren
  /** To the day. */
  onDay(): void
}

export function Banner({ me, view, children, onDay }: TopProps) {
  const { timeZone } = me.organisation
  const { patient } = view
  const named = bannerNames(me)
  const time = bannerWords.time(clock(view.start, timeZone), clock(view.end, timeZone))
  return (
    <header class="banner">
      <button type="button" class="plain" onClick={onDay}>
        {me.onePatient ? bannerWords.appointments : bannerWords.today}
      </button>
      <div class="banner-who">
        {/* The tab's title names nobody: titles end up in histories and on shared screens. */}
        <Heading title={bannerWords.tab(clock(view.start, timeZone))}>
          {named ? patient.name : bannerWords.nameless}
        </Heading>
        <p>
          {named && <span class="born">{born(patient.birthDate, timeZone)}</span>}
          <span>{time}</span>
          {view.reason !== undefined && <span class="reason">{view.reason}</span>}
          {named && view.phone !== undefined && <PhoneLink phone={view.phone} words={bannerWords.phone(view.phone)} />}
          {patient.interpreter !== undefined && <span class="tag">{interpreterNeeded(patient.interpreter)}</span>}
        </p>
      </div>
      <div class="banner-do">
        {children}
        <MuteBell />
      </div>
    </header>
  )
}

function MuteBell() {
  const named = muted.value ? bannerWords.unmute : bannerWords.mute
  return (
    <button
      type="button"
      class="plain mute-bell"
      aria-label={named}
      title={named}
      onClick={() => {
        muted.value = !muted.value
      }}
    >
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M6 17V11a6 6 0 0 1 12 0v6l2 1H4zM10 21h4" />
        {muted.value && <path d="M4 3l16 18" />}
      </svg>
    </button>
  )
}

type EndVisitProps = BannerProps & { onEnd(): Promise<Problem | undefined> }

export function EndVisit(props: EndVisitProps) {
  return <div class="visit-end">{props.view.status === 'in-progress' && <End {...props} />}</div>
}

function End({ view, me, onEnd }: EndVisitProps) {
  const [asking, setAsking] = useState(false)
  const { busy: ending, problem, press } = usePress()
  const end = async () => {
    if ((await press(onEnd)) === undefined) setAsking(false)
  }
  const { startedAt } = view
  return (
    <>
      <button type="button" class="end" onClick={() => setAsking(true)}>
        {endWords.end}
      </button>
      {asking && (
        <Dialog title={endWords.title} onClose={() => setAsking(false)}>
          <p>{startedAt === undefined ? endWords.says : endWords.saysSince(span(Date.parse(startedAt), now.value))}</p>
          <StillInCall view={view} />
          {problem !== undefined && <Inline problem={problem} me={me} />}
          <div class="actions">
            <button type="button" class="main danger" disabled={ending} onClick={() => void end()}>
              {ending ? endWords.ending : endWords.yes}
            </button>
            <button type="button" onClick={() => setAsking(false)}>
              {endWords.no}
            </button>
          </div>
        </Dialog>
      )}
    </>
  )
}
