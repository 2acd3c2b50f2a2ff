// Owns starting an app: mints a launch for what is open on the screen, and builds the app's launch URL.
import { homeOf, toldIss } from './bases.ts'
import type { App, LaunchRequest } from './contract.ts'
import type { Hospital } from './hospital.ts'
import { contextOf } from './oauth/context.ts'

/** The app's launch URL with the user's `iss`, as this EHR's launches name it, and a `launch` that is good once. */
export function launchUrl(hospital: Hospital, request: LaunchRequest): string {
  const app = appNamed(hospital.apps, request.app)
  const url = new URL(app.url)
  const home = homeOf(hospital, request.user)
  url.searchParams.set('iss', toldIss(home))
  url.searchParams.set('launch', hospital.grants.mintLaunch(contextOf(home, request), app.clientId))
  return url.href
}

function appNamed(apps: readonly App[], name: string | undefined): App {
  const app = name === undefined ? apps[0] : apps.find(({ title, url }) => title === name || url === name)
  if (!app) throw new Error(`No app ${name ?? ''} is in the EHR's menu.`)
  return app
}
