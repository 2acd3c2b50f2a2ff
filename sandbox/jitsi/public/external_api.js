// Owns window.JitsiMeetExternalAPI: the frame, its address, and the talk between the host page and the room inside.
// Refuses messages that do not come from its own frame and origin, and never posts to any other.
;(() => {
  // The real script says https://<domain>, wherever it was loaded from itself. On this machine it speaks as the page does.
  const from = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : ''
  const ownOrigin = from.endsWith('/external_api.js') ? new URL(from).origin : undefined
  const originOf = (domain) =>
    `${/^(127\.0\.0\.1|localhost)(:|$)/.test(domain) ? location.protocol : 'https:'}//${domain}`

  const allow =
    'autoplay; camera; clipboard-write; compute-pressure; display-capture; fullscreen; hid; microphone; ' +
    'screen-wake-lock; speaker-selection'

  const commands = (
    'answerKnockingParticipant displayName endConference hangup kickParticipant muteEveryone muteRemoteParticipant ' +
    'overwriteConfig pinParticipant sendChatMessage sendEndpointTextMessage setAudioOnly setTileView setVideoQuality startRecording ' +
    'stopRecording toggleAudio toggleE2EE toggleLobby toggleShareScreen toggleTileView toggleVideo'
  ).split(' ')

  const questions =
    'getCurrentDevices getRoomsInfo isAudioAvailable isAudioMuted isSharingScreen isVideoAvailable isVideoMuted'.split(
      ' ',
    )

  let nextId = 0

  /** Only what carries a unit or is a number becomes a size, as the real one reads it. */
  const size = (value) => {
    if (typeof value === 'number') return `${value}px`
    return typeof value === 'string' && /^\d*\.?\d+(em|pt|px|%)$/.test(value) ? value : undefined
  }

  /** Every key becomes `prefix.key=<JSON>` in the fragment. */
  const pairs = (prefix, values) =>
    Object.entries(values ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${prefix}.${key}=${encodeURIComponent(JSON.stringify(value))}`)

  const address = (origin, id, options) => {
    const path = (options.roomName ?? '').split('/').map(encodeURIComponent).join('/')
    // The token stands in the query and in the fragment: this address must never be logged.
    const query = options.jwt ? `?jwt=${encodeURIComponent(options.jwt)}` : ''
    const fragment = [
      `jitsi_meet_external_api_id=${id}`,
      ...(options.jwt ? [`jwt=${encodeURIComponent(JSON.stringify(options.jwt))}`] : []),
      ...pairs('config', options.configOverwrite),
      ...pairs('interfaceConfig', options.interfaceConfigOverwrite),
      ...pairs('devices', options.devices),
      ...pairs('userInfo', options.userInfo),
      ...(options.lang ? [`config.defaultLanguage=${encodeURIComponent(JSON.stringify(options.lang))}`] : []),
    ]
    return `${origin}/${path}${query}#${fragment.join('&')}`
  }

  /** The listeners of one API object; what one of them throws does not stop the others. */
  class Emitter {
    #listeners = new Map()

    on(event, listener) {
      this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), { listener, once: false }])
      return this
    }

    once(event, listener) {
      this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), { listener, once: true }])
      return this
    }

    off(event, listener) {
      const kept = (this.#listeners.get(event) ?? []).filter((row) => row.listener !== listener)
      this.#listeners.set(event, kept)
      return this
    }

    removeAllListeners(event) {
      if (event === undefined) this.#listeners.clear()
      else this.#listeners.delete(event)
      return this
    }

    listenerCount(event) {
      return (this.#listeners.get(event) ?? []).length
    }

    emit(event, ...values) {
      const rows = this.#listeners.get(event) ?? []
      for (const row of rows) {
        if (row.once) this.off(event, row.listener)
        try {
          row.listener(...values)
        } catch (error) {
          reportError(error)
        }
      }
      return rows.length > 0
    }

    addListener(event, listener) {
      return this.on(event, listener)
    }

    removeListener(event, listener) {
      return this.off(event, listener)
    }
  }

  class JitsiMeetExternalAPI extends Emitter {
    #origin
    #scope
    #frame
    #ready = false
    #unsent = []
    #requests = new Map()
    #nextRequest = 0
    #people = new Map()
    #self
    #videoQuality
    #hear = (event) => this.#received(event)

    /** @param {string} domain @param {object} options as the real constructor's second argument */
    constructor(domain, options = {}) {
      super()
      // Each question is a method of its own that promises the room's answer.
      for (const name of questions) this[name] = () => this.#ask(name)
      const id = nextId++
      this.#origin = ownOrigin ?? originOf(domain)
      this.#scope = `jitsi_meet_external_api_${id}`
      window.addEventListener('message', this.#hear)
      this.#frame = this.#makeFrame(id, options)
      ;(options.parentNode ?? document.body).appendChild(this.#frame)
    }

    #makeFrame(id, options) {
      const frame = document.createElement('iframe')
      frame.allow = allow
      frame.name = `jitsiConferenceFrame${id}`
      frame.id = frame.name
      frame.style.border = '0'
      frame.style.width = size(options.width) ?? '100%'
      frame.style.height = size(options.height) ?? '100%'
      if (options.onload) frame.onload = options.onload
      frame.src = address(this.#origin, id, options)
      return frame
    }

    #received({ source, origin, data }) {
      if (source !== this.#frame.contentWindow || origin !== this.#origin || data?.scope !== this.#scope) return
      if (data.type === 'hello') this.#greet()
      else if (data.type === 'event') this.#happened(data.name, data.data)
      else if (data.type === 'response') {
        this.#requests.get(data.request)?.(data.value)
        this.#requests.delete(data.request)
      }
    }

    #greet() {
      this.#ready = true
      this.#post({ type: 'welcome' })
      for (const message of this.#unsent.splice(0)) this.#post(message)
    }

    #post(message) {
      if (!this.#ready) this.#unsent.push(message)
      else this.#frame.contentWindow?.postMessage({ ...message, scope: this.#scope }, this.#origin)
    }

    // The counts and names asked for synchronously are kept from the events, as the real script does.
    #happened(name, data) {
      // Those who are there already are told before.
      if (name === 'videoConferenceJoined') this.#self = data.id
      if (name === 'videoConferenceJoined' || name === 'participantJoined')
        this.#people.set(data.id, { displayName: data.displayName })
      if (name === 'participantLeft') this.#people.delete(data.id)
      if (name === 'displayNameChange') this.#people.set(data.id, { displayName: data.displayname })
      if (name === 'videoConferenceLeft') this.#people.delete(this.#self)
      if (name === 'videoQualityChanged') this.#videoQuality = data.videoQuality
      this.emit(name, data)
    }

    #ask(name) {
      const request = this.#nextRequest++
      return new Promise((resolve) => {
        this.#requests.set(request, resolve)
        this.#post({ type: 'request', name, request })
      })
    }

    executeCommand(name, ...args) {
      if (!commands.includes(name)) return console.error('Not supported command name.')
      this.#post({ type: 'command', name, args })
    }

    executeCommands(list) {
      for (const [name, args] of Object.entries(list)) this.executeCommand(name, ...[args].flat())
    }

    addEventListener(event, listener) {
      this.on(event, listener)
    }

    addEventListeners(listeners) {
      for (const [event, listener] of Object.entries(listeners)) this.on(event, listener)
    }

    removeEventListener(event) {
      this.removeAllListeners(event)
    }

    removeEventListeners(events) {
      for (const event of events) this.removeAllListeners(event)
    }

    dispose() {
      this.emit('_willDispose')
      window.removeEventListener('message', this.#hear)
      this.removeAllListeners()
      this.#frame.remove()
    }

    getIFrame() {
      return this.#frame
    }

    getParticipantsInfo() {
      return [...this.#people].map(([participantId, { displayName }]) => ({
        participantId,
        displayName,
        formattedDisplayName: displayName,
      }))
    }

    getNumberOfParticipants() {
      return this.#people.size
    }

    getDisplayName(id) {
      return this.#people.get(id)?.displayName
    }

    getVideoQuality() {
      return this.#videoQuality
    }
  }

  window.JitsiMeetExternalAPI = JitsiMeetExternalAPI
})()
