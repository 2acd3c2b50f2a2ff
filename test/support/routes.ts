// Owns the list of every route of the app, read out of the app itself: a new one is on it without being written down.
import type { WholeApp } from '../../server/http/app.ts'
import type { Method } from './people.ts'

/** What Express holds: layers with a route of one path, or with layers of their own. */
type Layer = {
  readonly route?: { readonly path: string | readonly string[]; readonly methods: Readonly<Record<string, boolean>> }
  readonly handle: { readonly stack?: readonly Layer[] }
}

export const routesOf = ({ router }: Pick<WholeApp, 'router'>): readonly (readonly [Method, string])[] =>
  routesIn(router.stack as unknown as readonly Layer[]) // sound: as express 5 keeps them

const routesIn = (stack: readonly Layer[]): readonly (readonly [Method, string])[] =>
  stack.flatMap(({ route, handle }) => {
    if (route === undefined) return routesIn(handle.stack ?? [])
    const methods = Object.keys(route.methods) as Method[] // sound: what supertest asks is what we route
    return [route.path].flat().flatMap((path) => methods.map((method) => [method, path] as const))
  })
