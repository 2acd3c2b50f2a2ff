// The whole examination: of a base URL alone, or of an organisation with all its issuers. Everything independent runs at once.
import type { Config, Organisation } from '../server/settings/config.ts'
import { about, ofUs, type Report, reportOf } from './finding.ts'
import { examineIssuer } from './issuer.ts'
import { examineJitsis } from './jitsi.ts'
import { examineOrganisation } from './organisation.ts'
import type { World } from './request.ts'

export async function doctorForIssuer(world: World, iss: string): Promise<Report> {
  const { part } = await examineIssuer(world, { iss })
  return reportOf(iss, at(world), [part])
}

export async function doctorForOrganisation(world: World, config: Config, organisation: Organisation): Promise<Report> {
  const issuers = Promise.all(
    organisation.issuers.map((issuer) =>
      examineIssuer(world, { iss: issuer.iss, ours: { config, organisation, issuer } }),
    ),
  )
  const seen = issuers.then((all) => ({
    kinds: all.map(({ kind }) => kind),
    launches: all.some(({ launches }) => launches),
  }))
  const [own, jitsis] = await Promise.all([
    examineOrganisation(world, config, organisation, seen),
    examineJitsis(world, config, organisation),
  ])
  return reportOf(organisation.id, at(world), [own, ...jitsis, ...(await issuers).map(({ part }) => part)])
}

/** Settings the app would not start with: nothing else can be asked. */
export function wrongSettings(world: World, subject: string, problems: readonly string[]): Report {
  const findings = problems.map((problem) =>
    about('settings', problem.split(':')[0] ?? '').failed('The app does not start with these settings.', {
      ask: ofUs(problem),
    }),
  )
  return reportOf(subject, at(world), [{ about: subject, kind: 'organisation', findings }])
}

const at = ({ now }: World) => new Date(now()).toISOString()
