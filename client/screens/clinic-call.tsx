// The middle of the clinician's page: the way into the call, the call itself, or that the visit is over.
import type { ClinicianView, Me } from '../../server/wire.ts'
import { CallPart } from '../parts/call-part.tsx'
import type { Conduct } from '../parts/conduct.ts'
import { clock, span } from '../parts/times.ts'

type Shown = { readonly me: Me; readonly view: ClinicianView; readonly path: string; readonly conduct: Conduct }

export function ClinicCall({ me, view, path, conduct }: Shown) {
  const over = view.status === 'finished' || view.status === 'cancelled'
  const running = conduct.call === 'ending' || (conduct.call === 'wanted' && !over)
  const admitted = view.door.filter((p) => p.state === 'admitted').map((p) => p.called ?? p.name)
  return (
    <section aria-label="Call" class="clinic-call">
      {running && (
        <CallPart
          me={me}
          side="clinician"
          tokens={`${path}/room-tokens`}
          presence={`${path}/presence`}
          camera={true}
          heldAt={view.heldAt}
          admitted={admitted}
          onRoom={conduct.setRoom}
        />
      )}
      {!running && over && <Over me={me} view={view} />}
      {!running && !over && <Before view={view} onStart={conduct.startCall} />}
    </section>
  )
}

function Before({ view, onStart }: { view: ClinicianView; onStart(): void }) {
  const waiting = view.door.some((p) => p.state === 'waiting')
  return (
    <div class="call-out">
      <h2>The call has not started</h2>
      <p>
        {waiting
          ? 'Someone is waiting at the door. Letting them in starts the call, or start it now and let them in later.'
          : 'You can start it now. Nobody comes in until you let them in.'}
      </p>
      <button type="button" class="main" onClick={onStart}>
        Start the call
      </button>
    </div>
  )
}

function Over({ me, view }: { me: Me; view: ClinicianView }) {
  const { startedAt, finishedAt } = view
  const long =
    startedAt !== undefined && finishedAt !== undefined
      ? ` It took ${span(Date.parse(startedAt), Date.parse(finishedAt))}.`
      : ''
  return (
    <div class="call-out">
      <h2>{view.status === 'finished' ? 'The visit has ended' : 'This appointment was cancelled'}</h2>
      {finishedAt !== undefined && (
        <p>
          Ended at {clock(finishedAt, me.organisation.timeZone)}.{long}
        </p>
      )}
    </div>
  )
}
