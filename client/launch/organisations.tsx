// What the launch page shows: the clinics one can sign in to, a launch on its way, or why it was refused.
import { useEffect, useState } from 'preact/hooks'
import type { OrganisationLink, OrganisationList } from '../../server/wire/wire.ts'
import { type Answer, ask, type Problem } from '../base/api.ts'
import { ClinicHere } from '../ui/clinic-here.tsx'
import { Heading } from '../ui/heading.tsx'
import { Languages } from '../ui/languages.tsx'
import { ProblemScreen } from '../ui/problem.tsx'
import { Wait } from '../ui/wait.tsx'
import { launch, noCookies, organisations as words } from './words.ts'

export const LaunchProblem = ({ problem }: { problem: Problem }) => (
  <ProblemScreen problem={problem} onRetry={() => location.assign('/launch.html')} />
)

export const Passing = () => (
  <main class="card">
    <Heading>{launch.opening}</Heading>
    <Wait says={launch.waiting} more={<ClinicHere />} />
  </main>
)

/** A frame that keeps no cookies of ours: the launch is not spent yet, and good in a window of its own. */
export const NoCookies = () => (
  <main class="card">
    <Heading>{noCookies.title}</Heading>
    <p>{noCookies.why}</p>
    <a class="button main" href={location.href} target="_blank" rel="noopener">
      {noCookies.open}
    </a>
  </main>
)

export function Organisations() {
  const [answer, setAnswer] = useState<Answer<OrganisationList>>()
  const look = () => {
    setAnswer(undefined)
    void ask<OrganisationList>('/smart/organisations').then(setAnswer)
  }
  useEffect(look, [])

  if (answer?.ok === false) return <ProblemScreen problem={answer.problem} onRetry={look} />
  return (
    <main class="card">
      <Heading title={words.tab}>{words.title}</Heading>
      {answer === undefined ? <Wait says={words.waiting} /> : <Choice organisations={answer.body.organisations} />}
      <Languages />
    </main>
  )
}

function Choice({ organisations }: { organisations: readonly OrganisationLink[] }) {
  if (organisations.length === 0) return <p>{words.none}</p>
  const clinics = [...new Set(organisations.map(({ name }) => name))]
  return (
    <>
      <p>{words.choose}</p>
      {clinics.map((clinic) => (
        <section key={clinic}>
          <h2 dir="auto">{clinic}</h2>
          <ul class="choices">
            {organisations
              .filter(({ name }) => name === clinic)
              .map(({ title, signIn }) => (
                <li key={signIn}>
                  <a class="button main" href={signIn}>
                    <bdi>{title}</bdi>
                  </a>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  )
}
