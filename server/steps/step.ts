// What a step is: it takes the house, the caller and a parsed body, and answers what to send. No express in here.

import type { LaunchId } from '../domain/ids.ts'
import type { Caller } from '../house/caller.ts'
import type { House } from '../house/house.ts'

/** `etag` is a number of ours, sent as a weak ETag; a `file` is for the browser to keep; a reply without either is a 204. */
export type Reply = {
  readonly status?: number
  readonly body?: object
  readonly etag?: number
  readonly file?: File
  /** This sign-in is over in this browser: what it has of ours goes. */
  readonly signedOut?: LaunchId
}
/** `name` is plain ASCII, and names nobody. */
export type File = { readonly type: string; readonly name: string; readonly bytes: Uint8Array }

/** `match` is the version in If-Match, absent when the request has none. */
export type Step<C extends Caller, B> = (house: House, caller: C, body: B, match: number | undefined) => Promise<Reply>
