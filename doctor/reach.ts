// Whether the EHR can be reached at all: its address, its certificate, and how far its clock is from ours.
// Looks at a certificate without sending anything over it.
import { connect } from 'node:tls'
import { z } from 'zod'
import { about, type Finding, ofEhr, ofUs } from './finding.ts'
import type { Answer, World } from './request.ts'

const day = 24 * 60 * 60 * 1000

export function reachable(iss: string, answers: readonly Answer[]): Finding {
  const { ok, failed } = about('reach', `a connection to ${new URL(iss).host}`)
  const plain = new URL(iss).protocol === 'http:'
  if (answers.some(({ came }) => came))
    return ok(plain ? 'The EHR answers, over plain HTTP on this machine.' : 'The EHR answers over TLS.')
  const why = answers.flatMap((answer) => (answer.came ? [] : [answer.why]))[0] ?? 'it was not asked'
  return failed(`The EHR is not reached: ${why}.`, { ask: remedyFor(why) })
}

function remedyFor(why: string) {
  if (!why.includes('certificate'))
    return ofUs('See that the address is right, and that this machine may connect to it (proxy, firewall, VPN).')
  return why.includes('trusts')
    ? ofUs("If the hospital signs its own certificates, name its root's file in NODE_EXTRA_CA_CERTS.")
    : ofEhr('Renew the certificate of the FHIR server, for the name that stands in the base URL.')
}

/** An address that is plain HTTP beyond this machine is not asked anything: the app would not either. */
export const notSafe = (iss: string): Finding =>
  about('reach', `the protocol of ${iss}`).failed('The address is http: nothing is ever sent there.', {
    ask: ofEhr('Give the https base URL of the FHIR server.'),
  })

export function certificateEnds(until: number | undefined, host: string, now: number): Finding {
  const { ok, warning, failed, unchecked } = about('certificate', `the certificate of ${host}`)
  if (until === undefined) return unchecked('The certificate could not be looked at.')
  const days = Math.floor((until - now) / day)
  const renew = ofEhr('Renew the certificate of the FHIR server before it ends.')
  if (until <= now) return failed('The certificate has ended: nobody can sign in.', { ask: renew })
  const left = `The certificate is good for ${days} more ${days === 1 ? 'day' : 'days'}.`
  return days < 21 ? warning(left, { ask: renew }) : ok(left)
}

/** The end of the certificate an https address shows, in milliseconds since 1970. */
export function certificateOf(iss: string, { timeoutMs }: World): Promise<number | undefined> {
  const { hostname, port } = new URL(iss)
  const host = hostname.replace(/^\[|\]$/g, '')
  return new Promise((done) => {
    // Looked at whoever signed it: the requests beside this one say whether it is trusted.
    const socket = connect({ host, port: Number(port) || 443, ...named(host), rejectUnauthorized: false })
    const end = (until: number | undefined) => {
      socket.destroy()
      done(until)
    }
    socket.setTimeout(timeoutMs, () => end(undefined))
    socket.once('error', () => end(undefined))
    socket.once('secureConnect', () => {
      const until = Date.parse(socket.getPeerCertificate().valid_to ?? '')
      end(Number.isNaN(until) ? undefined : until)
    })
  })
}

// RFC 6066, 3: an address in numbers is no server name.
const named = (host: string) => (/^[\d.]+$|:/.test(host) ? {} : { servername: host })

const HttpDate = z.string().transform((text) => Date.parse(text))

/** The two clocks: an id_token's `exp` is held against ours, our assertion's against theirs. */
export function clock(answers: readonly Answer[]): Finding {
  const { ok, warning, failed, unchecked } = about('clock', 'the Date of an answer')
  const first = answers.find((answer) => answer.came && !Number.isNaN(toldBy(answer)))
  if (first === undefined || !first.came) return unchecked('The EHR does not tell the time.')
  const seconds = Math.round((toldBy(first) - first.at) / 1000)
  const apart = `The EHR's clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} ours`
  const ask = ofUs('Let this machine keep its time by NTP. If it does, tell the EHR that its clock is wrong.')
  if (Math.abs(seconds) > 300) return failed(`${apart}: sign-ins will be refused.`, { ask })
  if (Math.abs(seconds) > 30) return warning(`${apart}: sign-ins may be refused.`, { ask })
  // The header has whole seconds, and the answer was under way.
  return ok(Math.abs(seconds) <= 2 ? "The EHR's clock and ours agree." : `${apart}.`)
}

/** A cache tells how old its copy is (RFC 9111, 5.1). */
export function toldBy(answer: Answer): number {
  if (!answer.came) return Number.NaN
  const age = Number(answer.headers.get('age') ?? 0)
  return HttpDate.parse(answer.headers.get('date') ?? '') + (Number.isNaN(age) ? 0 : age * 1000)
}
