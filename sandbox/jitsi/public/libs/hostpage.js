// Owns the talk with the page that framed us: our events out, its commands and questions in.
// Refuses messages from anyone but the parent window, and from a second origin once the first is known.

/** Without an API id the room stands alone and the events go nowhere. */
export function openHostPage(apiId, { onCommand, answer }) {
  const scope = `jitsi_meet_external_api_${apiId}`
  const unsent = []
  let origin

  const post = (message) => {
    if (apiId === undefined || window.parent === window) return
    if (origin === undefined) unsent.push(message)
    else window.parent.postMessage({ ...message, scope }, origin)
  }

  window.addEventListener('message', (event) => {
    if (event.source !== window.parent || event.source === window || event.data?.scope !== scope) return
    if (origin !== undefined && event.origin !== origin) return
    // Where the browser tells who frames us, the first message must come from there.
    const framer = location.ancestorOrigins?.[0]
    if (framer !== undefined && framer !== event.origin) return
    const { type, name, args, request } = event.data
    if (type === 'welcome') {
      origin = event.origin
      for (const message of unsent.splice(0)) post(message)
    } else if (type === 'command') onCommand(name, Array.isArray(args) ? args : [])
    else if (type === 'request')
      Promise.resolve(answer(name)).then((value) => post({ type: 'response', request, value }))
  })
  // Nothing but the scope goes out before the parent has shown its origin.
  if (apiId !== undefined && window.parent !== window) window.parent.postMessage({ type: 'hello', scope }, '*')

  return {
    emit: (name, data) => post({ type: 'event', name, data }),
    /** Arrives nested, and never fatal: hosts key on `error.name`. */
    fail: (name, type, more = {}) =>
      post({ type: 'event', name: 'errorOccurred', data: { error: { name, type, isFatal: false, ...more } } }),
  }
}
