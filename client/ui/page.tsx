// The frame around the patient's screens and the clinician's day: whose page this is, the way out, and a way to reach a human.
import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Me } from '../../server/wire/wire.ts'
import { type Problem, post } from '../base/api.ts'
import { called } from '../base/called.ts'
import { apiPath } from '../base/route.ts'
import { Emergency, Support } from './emergency.tsx'
import { Heading } from './heading.tsx'
import { Languages } from './languages.tsx'
import { Later } from './later.tsx'
import { PhoneLink } from './phone.tsx'
import type { Leaving } from './sign-out.tsx'
import { page } from './words.ts'

/** By the person's own press here: what the server then says of a sign-in that has ended is no news. */
export const signedOut = signal(false)

/** Answers what stood in the way. */
async function signOut(me: Me): Promise<Problem | undefined> {
  const answer = await post(apiPath(me.launch, 'sign-out'))
  // Signed out already is signed out.
  signedOut.value = answer.ok || answer.problem.code === 'session-ended'
  return answer.ok ? undefined : answer.problem
}

/** `leaving`: who signs out leaves something, and is asked first. */
type PageProps = {
  readonly me: Me
  readonly leaving?: Leaving | undefined
  /** What to do in an emergency stands higher up, within. */
  readonly saysEmergency?: boolean
  readonly children: ComponentChildren
}

export function Page({ me, leaving, saysEmergency, children }: PageProps) {
  const [asking, setAsking] = useState(false)
  if (signedOut.value) return <SignedOut me={me} />
  return (
    <div class={me.role === 'clinician' ? 'page' : 'page large'}>
      <Top me={me} onSignOut={() => (leaving ? setAsking(true) : void signOut(me))} />
      {asking && leaving && (
        <Later
          load={() => import('./sign-out.tsx')}
          show={({ AskedFirst }) => (
            <AskedFirst {...leaving} onSignOut={() => signOut(me)} onClose={() => setAsking(false)} />
          )}
        />
      )}
      {children}
      <Foot me={me} saysEmergency={saysEmergency} />
    </div>
  )
}

const Top = ({ me, onSignOut }: { me: Me; onSignOut(): void }) => (
  <header class="top">
    {/* The name beside it says whose it is. */}
    {me.organisation.logo !== undefined && <img class="logo" src={me.organisation.logo} alt="" />}
    <span class="clinic">
      <span>
        <bdi>{me.organisation.name}</bdi>
      </span>
      <span class="who quiet">
        <bdi>{called(me.name)}</bdi>
      </span>
    </span>
    {/* Whoever was invited has no sign-in. */}
    {me.visit === undefined && (
      <button type="button" class="plain" onClick={onSignOut}>
        {page.signOut}
      </button>
    )}
  </header>
)

const Foot = ({ me, saysEmergency }: { me: Me; saysEmergency: boolean | undefined }) => (
  <footer class="foot">
    {me.role !== 'clinician' && (
      <>
        {!saysEmergency && <Emergency of={me.organisation} />}
        <p>
          {page.help} <PhoneLink phone={me.organisation.phone} words={page.call(me.organisation.phone)} />
        </p>
        <Support of={me.organisation} />
      </>
    )}
    {/* Whoever was invited has no sign-in, here or elsewhere. */}
    {me.visit === undefined && <AskElsewhere me={me} />}
    <Languages />
  </footer>
)

function AskElsewhere({ me }: { me: Me }) {
  const [asked, setAsked] = useState(false)
  if (asked) return <Later load={() => import('./elsewhere.tsx')} show={({ Elsewhere }) => <Elsewhere me={me} />} />
  return (
    <button type="button" class="plain" onClick={() => setAsked(true)}>
      {page.elsewhere}
    </button>
  )
}

const SignedOut = ({ me }: { me: Me }) => (
  <main class="card large">
    <Heading>{page.signedOut}</Heading>
    <p>{page.close}</p>
    {me.role !== 'clinician' && <PhoneLink phone={me.organisation.phone} />}
  </main>
)
