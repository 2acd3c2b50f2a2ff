// At which Jitsi a visit's call is held: at one, for everybody. Refuses nothing: a move that comes too late changes nothing.
import type { Open } from './visit/visit.ts'

/**
 * Moves the call to `origin`, only while it is still held where the caller last saw it: of two who ask for a move at once, one decides,
 * and both go to the same place.
 */
export const held = (visit: Open, seenAt: string | undefined, origin: string): Open =>
  visit.jitsi === seenAt && seenAt !== origin ? { ...visit, jitsi: origin } : visit
