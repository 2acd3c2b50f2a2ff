// What a rehearsed visit means for real ones: whether a room opens, who is moderator in it, whether Jitsi's own lobby holds, and whether the
// room tells who somebody is.
// Pure: reads what was seen, and says no more than that.
import type { Organisation } from '../server/settings/config.ts'
import { about, type Finding, ofUs } from './finding.ts'
import type { Got, Opened, Rehearsed, Times } from './jitsi-rehearsal.ts'
import { byHand, lobbySettings, moderatorSettings, reservationSettings } from './jitsi-settings.ts'
import type { Element } from './xmpp.ts'

const asked = 'a room that no visit has, as a patient and as a clinician'

export function roles(seen: Rehearsed, { openingMs }: Times): readonly Finding[] {
  const closed = opens(seen, openingMs)
  if (closed.result !== 'ok')
    return [closed, ...(['moderators', 'lobby'] as const).map((which) => byHand(which, 'no room opened'))]
  return [closed, moderators(seen), lobby(seen), ...identities(seen)]
}

function opens({ focus, patient, clinician }: Rehearsed, openingMs: number): Finding {
  const { ok, failed } = about('jitsi-rooms', asked)
  if (!focus.opened && focus.reserved !== undefined) return failed(...unreserved(focus.reserved))
  if (!focus.opened) {
    const why = focus.because === 'no-answer' ? `no answer within ${openingMs / 1000} s` : focus.because
    return failed(`No room opens: jicofo is not there (${why}).`, {
      ask: ofUs("See that jicofo runs, with Prosody's JICOFO_AUTH_PASSWORD, and its log."),
    })
  }
  const shut = [clinician, patient].find((got) => got?.to === 'nowhere')
  if (shut?.to !== 'nowhere') return ok('A room opens to those who have its token.')
  if (/mismatch|does not match/i.test(shut.words))
    return failed('Our tokens open no room: Prosody wants another sub in them.', {
      ask: ofUs('Set "jitsi.subject" to the XMPP_DOMAIN of that Jitsi, or "jitsi.tenant" where it has tenants.'),
    })
  return failed(`A room does not open to its token (${shut.because}).`, { ask: ofUs("See Prosody's log.") })
}

/** The app says yes to the doctor's room, as to that of an open visit: who refused it is not this app, or not by these settings. */
function unreserved(status: string): Parameters<ReturnType<typeof about>['failed']> {
  const reached = Number(status) > 0 && Number(status) < 500
  const means = reached
    ? `No room begins: whom Jitsi asks first (reservations) says no to the doctor's too (${status}).`
    : `No room begins: whom Jitsi asks first (reservations) gives no answer (${status}).`
  return [means, { ask: ofUs(reached ? reservationsSecret : reservationsAway) }]
}

const reservationsAway =
  'Start the app, and see that Prosody reaches it at reservations_api_prefix: while it does not, no new room begins.'
const reservationsSecret =
  'See that reservations_api_prefix leads to the app with these settings, and that reservations_api_headers shows the text of ' +
  'HOUSECALL_JITSI_EVENTS_… of this organisation.'

/** What came of asking for a room that no visit has, as somebody would whose visit has ended. */
export function endedVisits(shut: Opened): Finding {
  const { ok, missing, unchecked } = about('jitsi-ended-visits', 'a room that no visit has, as a clinician asks for it')
  if (shut.opened)
    return missing("A clinician's old token opens the room of an ended visit again.", {
      ask: ofUs(`Let Prosody ask the app before a room begins: ${reservationSettings}.`),
    })
  if (shut.reserved === undefined)
    return unchecked(`Whether the room of an ended visit stays shut was not told (${shut.because}).`)
  return ok('The room of an ended visit stays shut.')
}

const inRoom = (got: Got | undefined): boolean => got?.to === 'room'
const moderates = (got: Got | undefined): boolean => got?.to === 'room' && got.moderator

function moderators({ focus, patient, clinician, admitted }: Rehearsed): Finding {
  const { ok, failed } = about('jitsi-moderators', asked)
  const ask = ofUs(`See who is made moderator: ${moderatorSettings}.`)
  if (moderates(patient) || moderates(admitted))
    return failed('Every participant is a moderator: patients could mute, remove and let in.', { ask })
  if (focus.opened && focus.ownSignIn)
    return failed('Jicofo has its own sign-in: it makes every participant a moderator.', { ask })
  if (inRoom(clinician) && !moderates(clinician))
    return failed('Clinicians are no moderators: they can let nobody in.', { ask })
  if (inRoom(clinician) && (inRoom(patient) || inRoom(admitted)))
    return ok('Clinicians are moderators, patients are not.')
  return byHand('moderators', clinician?.to === 'lobby' ? 'nobody got in' : 'the patient was not let in')
}

function lobby({ patient, clinician, admitted }: Rehearsed): Finding {
  const { ok, warning, failed } = about('jitsi-lobby', asked)
  const ask = ofUs(`See that patients wait at Jitsi too, and clinicians do not: ${lobbySettings}.`)
  if (clinician?.to === 'lobby')
    return failed("Clinicians wait in Jitsi's lobby, and nobody is there to let them in.", { ask })
  if (inRoom(patient)) return warning("Nobody waits in Jitsi's lobby: a token is all it takes.", { ask })
  if (inRoom(admitted)) return ok("Patients wait in Jitsi's lobby too, until a clinician lets them in.")
  if (!moderates(clinician)) return byHand('lobby', 'the clinician is no moderator')
  return warning('Who waits in its lobby could not be let in.', { ask })
}

/** Nothing where nobody got in: a room alone shows it. */
function identities({ patient, clinician, admitted }: Rehearsed): readonly Finding[] {
  const { ok, missing } = about('jitsi-identities', asked)
  const inside = [patient, clinician, admitted].flatMap((got) => (got?.to === 'room' ? [got] : []))
  if (inside.length === 0) return []
  if (inside.every(({ identified }) => identified))
    return [ok('Its rooms tell who somebody is by the id in their token.')]
  return [
    missing('Its rooms tell people apart by their names alone.', {
      ask: ofUs('Add presence_identity to XMPP_MODULES.'),
    }),
  ]
}

/** Jitsi's domain names its parts as identities (mod_muc_breakout_rooms, `breakout_rooms`). */
export function breakoutRooms({ policies }: Organisation, info: Element | undefined): Finding {
  const { ok, missing, warning, unchecked } = about('jitsi-breakout', 'the parts its domain names')
  if (info === undefined) return unchecked('Which parts it has, its domain does not tell.')
  const has = info.children.some(({ attrs }) => attrs.type === 'breakout_rooms')
  if (has === policies.breakoutRooms) return ok(`Breakout rooms are ${has ? 'there' : 'off'}, as the settings have it.`)
  if (has)
    return warning('It has breakout rooms, though the settings allow none.', {
      ask: ofUs('Set ENABLE_BREAKOUT_ROOMS=0.'),
    })
  return missing('It has no breakout rooms, though the settings allow them.', {
    ask: ofUs('Set ENABLE_BREAKOUT_ROOMS=1, or "breakoutRooms" to false.'),
  })
}
