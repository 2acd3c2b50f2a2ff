// The look of an EHR, from the `smart_style_url` of a token response: fetched without a token, from that EHR's own origins alone.
// Never refuses: a style that is elsewhere, late, too long or unreadable is no style.
import { z } from 'zod'
import { type Style, wearable } from '../../domain/ehr/style.ts'
import { ask, jsonOf } from '../ask.ts'

const Told = z.record(z.string(), z.unknown())
const mostBytes = 20_000

/** `origins` are the EHR's: whose tokens and records we trust may also say what colour a page is. */
export async function readStyle(
  url: string | undefined,
  origins: readonly string[],
  timeoutMs: number,
): Promise<Style | undefined> {
  if (url === undefined || !isOf(url, origins)) return undefined
  try {
    const answered = await ask(url, { headers: { accept: 'application/json' }, mostBytes, timeoutMs })
    return answered.status === 200 ? wearable(Told.parse(jsonOf(answered))) : undefined
  } catch {
    return undefined // Whatever went wrong: the visit looks like ours.
  }
}

const isOf = (url: string, origins: readonly string[]) => URL.canParse(url) && origins.includes(new URL(url).origin)
