// What a step is: it takes the house, the caller and a parsed body, and answers what to send. No express in here.

import type { LaunchId } from '../domain/ids.ts'
import type { Caller } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import type { ClinicianView, PatientView } from '../wire/wire.ts'

/** Each step says which of them it gives, and what its body is: the description of our URLs (docs/openapi.json) is read from that. */
export type Reply = Partial<Tells<object> & Numbered<object> & GivesFile> & Done
export type Tells<Body extends object> = { readonly body: Body }
/** `etag` is a number of ours, sent as a weak ETag. */
export type Numbered<Body extends object> = Tells<Body> & { readonly etag: number }
/** A visit as its caller may see it. */
export type VisitSeen = Numbered<ClinicianView | PatientView>
/** For the browser to keep. */
export type GivesFile = { readonly file: File }
/** Nothing is told: a 204. */
export type Done = {
  /** This sign-in is over in this browser: what it has of ours goes. */
  readonly signedOut?: LaunchId
}
/** `name` is plain ASCII, and names nobody. */
export type File = { readonly type: string; readonly name: string; readonly bytes: Uint8Array }

/** `match` is the version in If-Match, absent when the request has none. */
export type Step<C extends Caller, B> = (house: House, caller: C, body: B, match: number | undefined) => Promise<Reply>
