// Where we are: a launch's home, or one of its visits. The address is the only "current patient" there is.
import { signal } from '@preact/signals'
import type { Me, VisitOpened } from '../../server/wire/wire.ts'
import { leaveCall } from './page-state.ts'

type Launch = Me['launch']
type VisitId = VisitOpened['visit']
export type Route =
  | { readonly at: 'home'; readonly launch: Launch }
  | { readonly at: 'visit'; readonly launch: Launch; readonly visit: VisitId }
  | { readonly at: 'ehr'; readonly launch: Launch }
  | { readonly at: 'nowhere' }

const shape = /^\/v\/([^/]+)(?:\/visits\/([^/]+)|(\/ehr))?\/?$/

export function routeOf(pathname: string): Route {
  const [, launch, visit, ehr] = shape.exec(pathname) ?? []
  if (launch === undefined) return { at: 'nowhere' }
  const mine = launch as Launch // sound: our server made the address; it refuses what it did not make
  if (ehr !== undefined) return { at: 'ehr', launch: mine }
  return visit === undefined ? { at: 'home', launch: mine } : { at: 'visit', launch: mine, visit: visit as VisitId }
}

/** Whether this window stands beside the EHR's frame that opened it; the note is written there. */
export const besideFrame = (): boolean => location.hash.startsWith('#beside')

export const homePath = (launch: Launch) => `/v/${launch}`
export const visitPath = (launch: Launch, visit: VisitId) => `/v/${launch}/visits/${visit}`
export const ehrPath = (launch: Launch) => `/v/${launch}/ehr`
/** The API of the same address. */
export const apiPath = (launch: Launch, rest: string) => `/v/${launch}/api/${rest}`

export const route = signal<Route>(routeOf(globalThis.location?.pathname ?? ''))

/** Goes to another of our pages; `replace` for a step that "back" should not return to. Beside a frame stays beside it. */
export function go(path: string, how: 'push' | 'replace' = 'push'): void {
  // What the window began with is said of its first visit alone.
  const url = `${path}${location.hash.split('-')[0]}`
  leaveCall()
  if (how === 'push') history.pushState(null, '', url)
  else history.replaceState(null, '', url)
  route.value = routeOf(path)
  window.scrollTo(0, 0)
}

/** The patient asked for the whole list: nothing is chosen for them. */
export const browsing = signal(false)

/** To the list of a patient's visits, to choose from. */
export function goToList(launch: Launch): void {
  browsing.value = true
  go(homePath(launch))
}

/** Follows the browser's own back and forward. */
export function followHistory(): void {
  window.addEventListener('popstate', () => {
    leaveCall()
    route.value = routeOf(location.pathname)
  })
}
