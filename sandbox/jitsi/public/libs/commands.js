// Owns what a host page may ask of the room by name. Refuses unknown names without a word, as the room does.
import {
  chat,
  configure,
  rename,
  setAudioOnly,
  setTileView,
  setVideoQuality,
  toggle,
  toggleScreen,
} from './controls.js'
import { currentDevices, track } from './devices.js'
import { hangUp, say } from './meeting.js'
import { permitted } from './settings.js'
import { stage } from './stage.js'

/** Runs one of the host page's commands on the meeting. */
export function runCommand(meeting, name, args) {
  commands[name]?.(meeting, ...args)
}

/** Answers one of the host page's questions; undefined when there is nothing to say. */
export function answerQuestion(meeting, name) {
  return questions[name]?.(meeting)
}

const commands = {
  answerKnockingParticipant: (meeting, id, approved) =>
    say(meeting, { type: 'answer-knock', id, approved: approved === true }),
  // The server is the one that refuses these to a participant; the host page hears nothing of it.
  kickParticipant: (meeting, id) => say(meeting, { type: 'kick', id }),
  endConference: (meeting) => say(meeting, { type: 'end' }),
  toggleLobby: (meeting, on) => say(meeting, { type: 'lobby', on: on === true }),
  startRecording: (meeting, { mode } = {}) => mode === 'file' && say(meeting, { type: 'recording', on: true }),
  stopRecording: (meeting, mode) => mode === 'file' && say(meeting, { type: 'recording', on: false }),
  muteEveryone: (meeting, media = 'audio') => say(meeting, { type: 'mute', media }),
  muteRemoteParticipant: (meeting, id, media = 'audio') => say(meeting, { type: 'mute', id, media }),
  displayName: (meeting, name) => rename(meeting, name),
  // Without an id nobody is any more.
  pinParticipant: (_meeting, id) => stage.pin(id),
  hangup: (meeting) => hangUp(meeting),
  toggleAudio: (meeting) => toggle(meeting, 'audio'),
  toggleVideo: (meeting) => toggle(meeting, 'video'),
  toggleShareScreen: (meeting) => toggleScreen(meeting),
  setAudioOnly: (meeting, on) => setAudioOnly(meeting, on === true),
  setVideoQuality: (meeting, height) => setVideoQuality(meeting, height),
  setTileView: (meeting, on) => setTileView(meeting, on === true),
  toggleTileView: (meeting) => setTileView(meeting),
  overwriteConfig: (meeting, config) => configure(meeting, permitted(config ?? {})),
  sendChatMessage: (meeting, text, to) => chat(meeting, text, to),
  sendEndpointTextMessage: (meeting, to, text) =>
    say(meeting, { type: 'endpoint-text', to: to ?? '', text: String(text) }),
}

const questions = {
  getCurrentDevices: ({ devices }) => devices && currentDevices(devices),
  isAudioMuted: ({ devices }) => devices?.state.audioMuted ?? true,
  isVideoMuted: ({ devices }) => devices?.state.videoMuted ?? true,
  isAudioAvailable: ({ devices }) => Boolean(devices && track(devices, 'audio')),
  isVideoAvailable: ({ devices }) => Boolean(devices && track(devices, 'video')),
  isSharingScreen: ({ devices }) => devices?.state.sharing ?? false,
  getRoomsInfo: ({ self, people, settings }) => ({
    rooms: [
      {
        isMainRoom: true,
        id: settings.room,
        participants: [self, ...people.values()]
          .filter(Boolean)
          .map(({ id, name, role, userContext }) => ({ id, displayName: name, role, userContext })),
      },
    ],
  }),
}
