// The launch page: passes an EHR's launch on at once, shows why one was refused, or offers whom to sign in to.
// Refuses to fetch anything for a launch before the server has looked at its issuer.
import { render } from 'preact'
import { isCode } from './remedies.ts'
import { LaunchProblem, Organisations, Passing } from './screens/organisations.tsx'

const query = new URLSearchParams(location.search)
const refusal = document.documentElement.dataset.refusal
const iss = query.get('iss')
const launch = query.get('launch')

function Page() {
  if (refusal !== undefined) return <LaunchProblem code={isCode(refusal) ? refusal : 'fault'} />
  if (iss !== null && launch !== null) return <Passing />
  return <Organisations />
}

if (refusal === undefined && iss !== null && launch !== null)
  location.replace(`/smart/launch?${new URLSearchParams({ iss, launch })}`)

const page = document.getElementById('page')
if (page !== null) render(<Page />, page)
