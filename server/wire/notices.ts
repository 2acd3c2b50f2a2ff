// What crosses the wire of what a patient is told outside of our pages. Part of wire.ts, through which the client reads it.
import { z } from 'zod'

/** Whether the patient wants to be told of this visit by mail. */
export const ChooseNotices = z.strictObject({ mail: z.boolean() })
export type ChooseNotices = z.infer<typeof ChooseNotices>

/** Of a patient's own visit, where the organisation writes to its patients, and the record has an address. `to`: as much of it as its owner knows it by. */
export type NoticesView = { readonly mail?: { readonly to: string; readonly on: boolean } }
