// What the room's own log says of its connection to the videobridge: no event of the frame's tells of it where the bridge's channel is a websocket,
// which stands also while no sound and picture go through (lib-jitsi-meet, JingleSessionPC: oniceconnectionstatechange).
// Refuses to keep or read anything else of a log. A room that says nothing of it is taken by its channel, as before.
import { field } from './trouble.ts'

/** At this level the room writes it; without it the frame tells nothing of its log (`apiLogLevels`). */
export const bridgeLogLevel = 'info'

/** An RTCIceConnectionState, of the connection to the bridge and not of one to the other browser. */
const line = /\(TIME\) ICE (\w+) JVB\b/

/** Whether sound and picture can go through the bridge, by one event `log`; undefined for every other line. */
export function bridgeIn(payload: unknown): boolean | undefined {
  const args = field(payload, 'args')
  for (const one of Array.isArray(args) ? args.slice(0, 10) : []) {
    const state = typeof one === 'string' ? line.exec(one.slice(0, 200))?.[1] : undefined
    if (state !== undefined) return state === 'connected' || state === 'completed'
  }
  return undefined
}
