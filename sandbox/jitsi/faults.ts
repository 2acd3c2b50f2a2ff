// Owns the named things that can go wrong on purpose, switched on and off by a test. Nothing here fails by itself.

/** Every fault with what it does, for people who switch one on. */
export const jitsiFaultNames = {
  away: 'Whoever comes is cut off without an answer, as where nothing runs any more; those who are connected stay',
  'script-500': 'external_api.js answers 500',
  'script-slow': 'external_api.js answers after five seconds',
  'script-html': 'external_api.js answers 200 with a web page, as a sign-in proxy in front of it does',
  'script-updated': "external_api.js is another release's: it does the same, and is not the same, byte for byte",
  'script-moved': 'external_api.js leads elsewhere, where the same script lies',
  'script-endless': 'external_api.js goes on for as long as somebody reads it',
  'room-500': 'The room page inside the frame answers 500',
  'drop-signalling': 'Cuts every signalling socket, once, at the moment it is switched on',
  'forget-cut': 'Every connection that is cut now is forgotten, once, as after the minute that Prosody keeps it',
  'signalling-down': 'No new signalling socket is accepted while it is on; those that are open stay',
  'no-presence-identity':
    'Whoever joins is known to the others by name alone, as in a Jitsi whose Prosody does not load presence_identity',
  'no-media':
    'Offers, answers and candidates are swallowed: people meet, but never see or hear each other. Who is connected stays so',
  'bridge-by-websocket':
    'The bridge’s channel is a websocket, beside the media: it opens also where none go through. Of who comes from then on',
  'without-muc-displayname': 'Prosody does not load muc_displayname: people are shown by the name they give themselves',
  'without-filter-iq-jibri': 'Prosody does not load filter_iq_jibri: a moderator can record, whatever the token says',
  'without-filter-iq-rayo':
    'Prosody does not load filter_iq_rayo: a moderator can bring in a telephone or a transcript, whatever the token says',
  'without-token-no-wildcard': 'Prosody does not load token_no_wildcard: a token for every room opens each',
  'jicofo-away':
    'Nobody makes rooms: whoever comes is told that the service is not available. A call that is under way goes on',
  'bridge-away':
    'The videobridge dies, once: every picture stands still, everyone inside is told some fifteen seconds later, and no room begins until bridge-back',
  'bridge-back': 'There is a videobridge again, once; whoever waits since before hears nothing of it',
  'prosody-restart':
    'Prosody dies, once, and another one is there fourteen seconds later: it knows no line and no room of before',
} as const

export type FaultName = keyof typeof jitsiFaultNames

/** How long it takes, in milliseconds, where that is to be other than with the real one. */
export type FaultTimes = { readonly noticedMs?: number; readonly againMs?: number; readonly awayMs?: number }

export type Faults = {
  on(name: FaultName, times?: FaultTimes): void
  off(name: FaultName): void
  clear(): void
  has(name: FaultName): boolean
  /** Those that happen at the moment they are switched on. */
  readonly momentary: readonly FaultName[]
}

/** Faults for one server. `once` holds those that happen at a moment and do not last; `mend` ends what they began. */
export function openFaults(once: Partial<Record<FaultName, (times: FaultTimes) => void>>, mend: () => void): Faults {
  const active = new Set<FaultName>()
  return {
    on(name, times = {}) {
      const happens = once[name]
      if (happens !== undefined) happens(times)
      else active.add(name)
    },
    off: (name) => void active.delete(name),
    clear() {
      mend()
      active.clear()
    },
    has: (name) => active.has(name),
    momentary: Object.keys(once) as FaultName[], // sound: its own keys
  }
}
