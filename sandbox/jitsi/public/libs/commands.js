// Owns what a host page may ask of the room by name. Refuses unknown names without a word, as the room does.
import { permitted } from './settings.js'

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
    meeting.send({ type: 'answer-knock', id, approved: approved === true }),
  // Checked here for the sake of quick silence; the server is the one that refuses.
  kickParticipant: (meeting, id) => meeting.send({ type: 'kick', id }),
  endConference: (meeting) => meeting.send({ type: 'end' }),
  toggleLobby: (meeting, on) => meeting.send({ type: 'lobby', on: on === true }),
  muteEveryone: (meeting, media = 'audio') => meeting.send({ type: 'mute', media }),
  muteRemoteParticipant: (meeting, id, media = 'audio') => meeting.send({ type: 'mute', id, media }),
  displayName: (meeting, name) => meeting.rename(name),
  hangup: (meeting) => meeting.hangUp(),
  toggleAudio: (meeting) => meeting.toggle('audio'),
  toggleVideo: (meeting) => meeting.toggle('video'),
  toggleShareScreen: (meeting) => meeting.toggleScreen(),
  setAudioOnly: (meeting, on) => meeting.setAudioOnly(on === true),
  setVideoQuality: (meeting, height) => meeting.setVideoQuality(height),
  setTileView: (meeting, on) => meeting.setTileView(on === true),
  toggleTileView: (meeting) => meeting.setTileView(),
  overwriteConfig: (meeting, config) => meeting.configure(permitted(config ?? {})),
  sendChatMessage: (meeting, text, to) => meeting.chat(String(text), to),
  sendEndpointTextMessage: (meeting, to, text) =>
    meeting.send({ type: 'endpoint-text', to: to ?? '', text: String(text) }),
}

const questions = {
  isAudioMuted: ({ devices }) => devices?.state.audioMuted ?? true,
  isVideoMuted: ({ devices }) => devices?.state.videoMuted ?? true,
  isAudioAvailable: ({ devices }) => Boolean(devices?.track('audio')),
  isVideoAvailable: ({ devices }) => Boolean(devices?.track('video')),
  isSharingScreen: ({ devices }) => devices?.state.sharing ?? false,
  getRoomsInfo: ({ self, people, settings }) => ({
    rooms: [
      {
        isMainRoom: true,
        id: settings.room,
        participants: [self, ...people.values()]
          .filter(Boolean)
          .map(({ id, name, role }) => ({ id, displayName: name, role })),
      },
    ],
  }),
}
