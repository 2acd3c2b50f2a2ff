// Owns what each word of the server means for this page and which event or error the host page gets for it.
// Refuses to tell more than the real room tells: a kick gives no readyToClose, a lost reconnection gives nothing.
import { draw } from './controls.js'
import { mute } from './devices.js'
import { enter, fallApart, finish, giveItselfUp, left, letGo, meet, part, say, standStill } from './meeting.js'
import { hearPeer } from './peers.js'
import { hideKnock, hideScreen, showKnock, showScreen } from './screens.js'
import { stage } from './stage.js'

/** A list of those wanted, and one of those not wanted: without either everything is shown. */
const notifies = ({ notifications, disabledNotifications = [] }, key) =>
  (!Array.isArray(notifications) || notifications.includes(key)) && !disabledNotifications.includes(key)

/** Of who is inside; of who knocks the host page hears no `userContext`. */
const saidOf = ({ id, name, userContext }) => ({ id, displayName: name, userContext })

/** Takes one message of the server. */
export function hear(meeting, message) {
  words[message.type]?.(meeting, message)
}

const words = {
  async connected(meeting, { features, nameReadonly, byWebsocket }) {
    const { settings } = meeting
    Object.assign(meeting, { features, nameReadonly, byWebsocket })
    document.querySelector('#room').dataset.features = Object.keys(features)
      .filter((name) => features[name])
      .join(' ')
    if (!(await meeting.ready)) return
    const { audioMuted, videoMuted } = meeting.devices.state
    const { room, tenant, userInfo } = settings
    say(meeting, { type: 'join', room, tenant, name: userInfo.displayName, audioMuted, videoMuted })
  },

  // A bad token is reported as a missing password, with the reason in the message; a wrong room as not allowed.
  refused(meeting, { stage: at, text }) {
    const { host } = meeting
    if (at === 'connect') host.fail('connection.passwordRequired', 'CONNECTION', { message: text })
    else host.fail('conference.connectionError.notAllowed', 'CONFERENCE', { message: text })
    finish(meeting, 'You cannot join this meeting', 'Sorry, you are not allowed to join.')
  },

  // The room does not begin; the page has nothing more to do.
  'no-room'(meeting, { why, code, text }) {
    const { host } = meeting
    if (why === 'focus') host.fail('connection.conferenceRequestFailed', 'CONNECTION', { isFatal: true })
    else host.fail('conference.reservationError', 'CONFERENCE', { params: [String(code), text] })
    finish(meeting, 'Unfortunately, something went wrong', 'The meeting could not be opened.')
  },

  // Comes as an error and is none: the person has come to the lobby's door.
  async 'members-only'(meeting) {
    const { host, config } = meeting
    host.fail('conference.connectionError.membersOnly', 'CONFERENCE')
    host.emit('prejoinScreenLoaded', {})
    // Without autoKnock nobody inside hears of this person until the button is pressed.
    if (config.lobby?.autoKnock !== true)
      await showScreen('Join meeting', 'A moderator lets people in.', { button: 'Ask to join' })
    say(meeting, { type: 'knock' })
    showScreen('Asking to join meeting…', 'You will join when somebody lets you in.')
  },

  joined(meeting, { self, others }) {
    const { host, settings } = meeting
    hideScreen()
    enter(meeting, self, others)
    stage.renameSelf(self.name)
    for (const other of others) host.emit('participantJoined', saidOf(other))
    host.emit('videoConferenceJoined', { roomName: settings.room, id: self.id, displayName: self.name })
    host.emit('participantRoleChanged', { id: self.id, role: self.role })
    draw(meeting)
  },

  'access-denied'(meeting) {
    meeting.host.fail('conference.connectionError.accessDenied', 'CONFERENCE')
    finish(meeting, 'Your request to join was declined', 'A moderator did not let you in.')
  },

  knocking(meeting, { id, name }) {
    const { host, config } = meeting
    host.emit('knockingParticipant', { participant: { id, name } })
    if (notifies(config, 'notify.participantWantsToJoin'))
      showKnock(id, name, (approved) => say(meeting, { type: 'answer-knock', id, approved }))
  },

  'knock-gone'(_meeting, { id }) {
    hideKnock(id)
  },

  'participant-joined'(meeting, { participant }) {
    meet(meeting, participant)
    meeting.host.emit('participantJoined', saidOf(participant))
  },

  'participant-left'(meeting, { id }) {
    // Whoever is gone from this page already, because the room fell apart, does not go twice.
    if (!meeting.people.has(id)) return
    part(meeting, id)
    meeting.host.emit('participantLeft', { id })
  },

  kicked(meeting, { id, by }) {
    const { host, self, people } = meeting
    if (id !== self?.id) {
      const kicker = { ...by, local: by.id === self?.id }
      host.emit('participantKickedOut', { kicked: { id, local: false, name: people.get(id)?.name }, kicker })
      return
    }
    host.emit('participantKickedOut', { kicked: { id: 'local', local: true, name: self.name }, kicker: by })
    left(meeting)
    finish(meeting, 'You were removed from the meeting', `${by.name} removed you.`)
  },

  destroyed(meeting, { reason }) {
    meeting.host.fail('conference.destroyed', 'CONFERENCE', { params: [reason] })
    letGo(meeting)
    finish(meeting, 'The meeting has ended', reason)
  },

  mute({ devices }, { media }) {
    if (mute(devices, media, true)) stage.notice(media === 'audio' ? 'You were muted.' : 'Your camera was stopped.')
  },

  name({ host, self, people }, { id, name }) {
    const person = id === self?.id ? self : people.get(id)
    if (!person) return
    person.name = name
    if (person === self) stage.renameSelf(name)
    else stage.rename(id, name)
    host.emit('displayNameChange', { id, displayname: name })
  },

  chat({ host }, { from, nick, text, private: privateMessage }) {
    stage.notice(`${nick}: ${text}`)
    host.emit('incomingMessage', { from, nick, message: text, privateMessage })
  },

  'endpoint-text'({ host }, { from, text }) {
    const eventData = { name: 'endpoint-text-message', text }
    host.emit('endpointTextMessageReceived', { data: { senderInfo: { id: from }, eventData } })
  },

  state(_meeting, { id, ...state }) {
    stage.state(id, state)
  },

  signal({ peers }, { from, payload }) {
    if (peers) hearPeer(peers, from, payload)
  },

  recording(meeting, { on }) {
    meeting.host.emit('recordingStatusChanged', { on, mode: 'file' })
    stage.notice(on ? 'The meeting is being recorded.' : 'The recording has stopped.')
  },

  // Nothing is said of it yet: the picture stands still.
  'bridge-silent'(meeting) {
    standStill(meeting)
  },

  // A moderator's page gives itself up; another loads itself anew, and stands at the lobby's door again.
  'bridge-gone'(meeting, { againMs }) {
    const { host, self, reload } = meeting
    host.fail('conference.videobridgeNotAvailable', 'CONFERENCE')
    fallApart(meeting, againMs, self?.role === 'moderator' ? giveItselfUp : reload)
  },

  lobby(_meeting, { on }) {
    stage.notice(on ? 'The lobby is on.' : 'The lobby is off.')
  },
}
