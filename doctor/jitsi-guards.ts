// What the doctor tried in its room means for visits: whether a call gets a videobridge, and whether Prosody refuses what it must.
// Pure: reads what was seen, and says no more than that.
import { about, type Finding, ofUs } from './finding.ts'
import type { Rehearsed, ReplyToTry } from './jitsi-rehearsal.ts'
import { byHand } from './jitsi-settings.ts'

const asked = 'the same room, with both inside'

/** `bridgeMs`: how long a videobridge was waited for. */
export function guards(seen: Rehearsed, { bridgeMs }: { readonly bridgeMs: number }): readonly Finding[] {
  return [bridge(seen, bridgeMs), names(seen), ...refusals(seen)]
}

function bridge({ tries }: Rehearsed, bridgeMs: number): Finding {
  const { ok, failed } = about('jitsi-bridge', asked)
  const ask = ofUs('See that jvb runs, with the JVB_AUTH_PASSWORD of Prosody, and the logs of jvb and jicofo.')
  switch (tries?.bridge) {
    case 'there':
      return ok('A call gets a videobridge for its pictures.')
    case 'none':
      return failed('No call begins: jicofo has no videobridge.', { ask })
    case 'silent':
      return failed(`No call begins: jicofo gives nobody a videobridge within ${bridgeMs / 1000} s.`, { ask })
    case undefined:
      return byHand('bridge', 'no two people were in a room')
  }
}

/** Both came with another name to show than their tokens have. */
function names({ patient, clinician, admitted }: Rehearsed): Finding {
  const { ok, failed } = about('jitsi-names', 'a room, with another name than in the token')
  const inside = [patient, clinician, admitted].flatMap((got) => (got?.to === 'room' ? [got] : []))
  if (inside.length === 0) return byHand('names', 'nobody got in')
  if (inside.every(({ ownName }) => ownName)) return ok('People are shown by the name in their token, and no other.')
  return failed("Anybody in a call can take another's name.", {
    ask: ofUs(load('muc_displayname', 'XMPP_MUC_MODULES')),
  })
}

const load = (module: string, where: string) => `Add ${module} to ${where} at Prosody.`

/** Each by what it takes, which is refused; and by what it means where it is not. */
const rows = [
  {
    id: 'recording',
    module: 'filter_iq_jibri',
    where: 'XMPP_MODULES',
    good: 'A recording is refused to a token that does not allow it.',
    bad: 'A moderator can record a call, whatever the token says.',
  },
  {
    id: 'telephone',
    module: 'filter_iq_rayo',
    where: 'XMPP_MODULES',
    good: 'A telephone is refused to a token that does not allow it.',
    bad: 'A moderator can bring in a telephone, whatever the token says.',
  },
  {
    id: 'wildcard',
    module: 'token_no_wildcard',
    where: 'XMPP_MUC_MODULES',
    good: 'A token for every room opens none.',
    bad: 'A token for every room would open them all.',
  },
] as const

function refusals({ tries }: Rehearsed): readonly Finding[] {
  const came: Readonly<Record<(typeof rows)[number]['id'], ReplyToTry | undefined>> = {
    ...{ recording: tries?.recording, telephone: tries?.telephone, wildcard: tries?.everyRoom },
  }
  return rows.map(({ id, module, where, good, bad }) => {
    const { ok, failed } = about(`jitsi-${id}`, asked)
    const reply = came[id]
    if (reply === 'refused') return ok(good)
    if (reply === 'taken') return failed(bad, { ask: ofUs(load(module, where)) })
    return byHand(id, reply === 'silent' ? 'nobody answered' : 'no clinician was in a room')
  })
}
