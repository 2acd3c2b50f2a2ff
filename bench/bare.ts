// What join-token is compared with: an Express route that signs the same token with jose and does nothing else. A process of its own.
// Prints its port once it listens.
import type { AddressInfo } from 'node:net'
import express from 'express'
import { SignJWT } from 'jose'

const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
const user = { id: 'jU1q0bTqlNAkXZBGyVnVbw', name: 'Waiting Patient 1', moderator: false, lobby_bypass: false }
const features = {
  recording: false,
  livestreaming: false,
  transcription: false,
  'outbound-call': false,
  'send-groupchat': true,
  'name-readonly': true,
}
const room = 'cqmdctu4vvqkq3xjzcyxnrd2nhknyfyrjylznpk6ghpdzkv7rjga'

const app = express()
app.post('/token', async (_request, response) => {
  const now = Math.floor(Date.now() / 1000)
  const token = await new SignJWT({ room, context: { user, features } })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer('housecall')
    .setAudience('jitsi')
    .setSubject('meet.jitsi')
    .setNotBefore(now - 30)
    .setExpirationTime(now + 3600)
    .sign(key)
  response.json({ token })
})
const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo // sound: it listens on a port
  console.log(port)
})
