// Owns what people in a room say to each other through the server: negotiation, mute, names, chat.
// Refuses recordings and telephones the token does not allow (filter_iq_jibri, filter_iq_rayo), and mutes by a participant; leaves a read-only
// name as it is (muc_displayname). Chat goes out whatever the token says: a page that hides it is all there is.
import type { Faults } from './faults.ts'
import type { Person, Room } from './rooms.ts'
import type { FromClient } from './wire.ts'

type Speaking = Pick<Faults, 'has'> & { readonly noMedia: boolean }
type Said = Extract<
  FromClient,
  { type: 'recording' | 'dial' | 'mute' | 'name' | 'chat' | 'endpoint-text' | 'state' | 'signal' }
>

/** Passes on what was said; answers 'not-allowed' when the server does not let this person say it. */
export function speak(room: Room, person: Person, said: Said, { noMedia, has }: Speaking): 'said' | 'not-allowed' {
  switch (said.type) {
    case 'signal':
      if (!noMedia) room.inside.get(said.to)?.tell({ type: 'signal', from: person.id, payload: said.payload })
      return 'said'
    case 'state':
      Object.assign(person, { audioMuted: said.audioMuted, videoMuted: said.videoMuted })
      for (const other of others(room, person)) other.tell({ ...said, id: person.id })
      return 'said'
    case 'recording':
      return record(room, person, said.on, has('without-filter-iq-jibri'))
    case 'dial':
      return dial(person, said.to, has('without-filter-iq-rayo'))
    case 'mute':
      return mute(room, person, said)
    case 'name':
      rename(room, person, said.name, has('without-muc-displayname'))
      return 'said'
    case 'chat':
      chat(room, person, said)
      return 'said'
    case 'endpoint-text':
      for (const other of addressed(room, person, said.to))
        other.tell({ type: 'endpoint-text', from: person.id, text: said.text })
      return 'said'
  }
}

// filter_iq_jibri: a moderator whose token says so, and nobody else; everybody is told. Without it the token is not looked at, jicofo looks at the role.
function record(room: Room, person: Person, on: boolean, unfiltered: boolean) {
  const allowed = unfiltered || !on || person.pass.features.recording === true
  if (person.role !== 'moderator' || !allowed) return 'not-allowed'
  room.recording = on
  for (const everyone of room.inside.values()) everyone.tell({ type: 'recording', on })
  return 'said'
}

// filter_iq_rayo likewise. There is no telephone here: what passes is told that none is there.
function dial(person: Person, to: string, unfiltered: boolean) {
  const feature = to === 'jitsi_meet_transcribe' ? 'transcription' : 'outbound-call'
  if (person.role !== 'moderator' || (!unfiltered && person.pass.features[feature] !== true)) return 'not-allowed'
  person.tell({ type: 'no-telephone' })
  return 'said'
}

// Only off, never on: nobody can open somebody else's microphone.
function mute(room: Room, person: Person, { media, id }: Extract<Said, { type: 'mute' }>) {
  if (person.role !== 'moderator') return 'not-allowed'
  for (const other of addressed(room, person, id ?? '')) other.tell({ type: 'mute', media, by: person.id })
  return 'said'
}

function rename(room: Room, person: Person, name: string, free: boolean) {
  if (person.pass.nameReadonly && !free) return
  person.name = name
  for (const everyone of room.inside.values()) everyone.tell({ type: 'name', id: person.id, name })
}

function chat(room: Room, person: Person, { text, to }: Extract<Said, { type: 'chat' }>) {
  for (const other of addressed(room, person, to ?? ''))
    other.tell({ type: 'chat', from: person.id, nick: person.name, text, private: Boolean(to) })
}

const others = (room: Room, person: Person) => [...room.inside.values()].filter(({ id }) => id !== person.id)

const addressed = (room: Room, person: Person, to: string) =>
  others(room, person).filter(({ id }) => to === '' || id === to)
