// The launch page: passes an EHR's launch on at once, takes the browser to its sign-in, shows why a launch was refused, or offers
// whom to sign in to.
// Refuses to fetch anything for a launch before the server has looked at its issuer.
import { render } from 'preact'
import { busy, fault } from '../base/api.ts'
import type { ProblemCode } from '../base/remedy.ts'
import { keepsCookies } from './cookies.ts'
import { LaunchProblem, NoCookies, Organisations, Passing } from './organisations.tsx'

const query = new URLSearchParams(location.search)
const { refusal: code, requestId, retryAfter } = document.documentElement.dataset
const refusal = code as ProblemCode | undefined // sound: our server wrote it
const iss = query.get('iss')
const launch = query.get('launch')
/** An EHR that knows us as two clients opens each at an address of its own. */
const people = /^\/(patients|clinicians)\/launch\.html$/.exec(location.pathname)?.[1]
/** Else the EHR would sign in, and nothing here would know of it. */
const signInLasts = window.top === window || keepsCookies()

function Page() {
  if (refusal === 'fault') return <LaunchProblem problem={fault(requestId)} />
  if (refusal === 'ehr-busy') return <LaunchProblem problem={busy(retryAfter)} />
  if (refusal !== undefined) return <LaunchProblem problem={{ code: refusal }} />
  if (iss !== null && launch !== null) return signInLasts ? <Passing /> : <NoCookies />
  return <Organisations />
}

if (refusal === undefined && iss !== null && launch !== null && signInLasts)
  location.replace(`/smart/launch?${new URLSearchParams({ iss, launch, ...(people && { people }) })}`)

/** The authorization request as the server wrote it (SMART 2.2, "authorize-post"). */
function submit(form: HTMLFormElement): void {
  // Whoever comes back here has been through: the launch is spent, and what they want is the page before it.
  const [came] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[] // sound: entries of that type
  if (came?.type === 'back_forward') return void history.back()
  addEventListener('pageshow', ({ persisted }) => void (persisted && history.back()))
  // The EHR has the request by now, and led it on to where no sign-in is. It does not go out a second time, and never in an address.
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
    if (effectiveDirective === 'form-action') show(<LaunchProblem problem={{ code: 'launch-failed' }} />)
  })
  form.submit()
}

/** In the place of whatever stands on the page. */
function show(screen: preact.ComponentChild): void {
  const page = document.getElementById('page')
  page?.replaceChildren()
  if (page !== null) render(screen, page)
}

const form = document.querySelector<HTMLFormElement>('form#leave')
if (form !== null) submit(form)
else show(<Page />)
