// Whose visit this is, always in sight: name, birth date with age, time, interpreter. Also the sound switch and the end.
import { useState } from 'preact/hooks'
import type { ClinicianView, Me } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { besideFrame, go, homePath } from '../base/route.ts'
import { born } from '../ui/born.ts'
import { muted } from '../ui/chime.ts'
import { now } from '../ui/clock.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Heading } from '../ui/heading.tsx'
import { Inline } from '../ui/problem.tsx'
import { clock, span } from '../ui/times.ts'

type Shown = { me: Me; view: ClinicianView; onEnd(): Promise<Problem | undefined> }

export function Banner({ me, view, onEnd }: Shown) {
  const { timeZone } = me.organisation
  const { patient } = view
  // Around a window of its own there is no EHR that could say whose visit it is.
  const named = me.patientBanner || besideFrame()
  const time = `${clock(view.start, timeZone)} to ${clock(view.end, timeZone)}`
  return (
    <header class="banner">
      <button type="button" class="plain" onClick={() => go(homePath(me.launch))}>
        {me.onePatient ? 'Appointments' : 'Today'}
      </button>
      <div class="banner-who">
        {/* The tab's title names nobody: titles end up in histories and on shared screens. */}
        <Heading title={`Visit ${clock(view.start, timeZone)}`}>{named ? patient.name : 'Video visit'}</Heading>
        <p>
          {named && <span class="born">{born(patient.birthDate)}</span>}
          <span>{time}</span>
          {view.reason !== undefined && <span class="reason">{view.reason}</span>}
          {patient.interpreter !== undefined && <span class="tag">Interpreter needed: {patient.interpreter}</span>}
        </p>
      </div>
      <div class="banner-do">
        <button
          type="button"
          class="plain"
          onClick={() => {
            muted.value = !muted.value
          }}
        >
          {muted.value ? 'Unmute the bell' : 'Mute the bell'}
        </button>
        {view.status === 'in-progress' && <End view={view} me={me} onEnd={onEnd} />}
      </div>
    </header>
  )
}

function End({ view, me, onEnd }: Shown) {
  const [ending, setEnding] = useState(false)
  const [asking, setAsking] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const end = async () => {
    setEnding(true)
    const met = await onEnd()
    setEnding(false)
    setProblem(met)
    if (met === undefined) setAsking(false)
  }
  const since = view.startedAt === undefined ? '' : ` It began ${span(Date.parse(view.startedAt), now.value)} ago.`
  return (
    <>
      <button type="button" class="end" onClick={() => setAsking(true)}>
        End visit
      </button>
      {asking && (
        <Dialog title="End the visit for everyone?" onClose={() => setAsking(false)}>
          <p>Everybody leaves the room and nobody can come back.{since} Your note stays open.</p>
          {problem !== undefined && <Inline problem={problem} me={me} />}
          <div class="actions">
            <button type="button" class="main danger" disabled={ending} onClick={() => void end()}>
              {ending ? 'Ending…' : 'End for everyone'}
            </button>
            <button type="button" onClick={() => setAsking(false)}>
              Go on with the visit
            </button>
          </div>
        </Dialog>
      )}
    </>
  )
}
