// Owns the faults of the FHIR server as they meet a request: before anything is done with it, and after something was kept.
import { setTimeout } from 'node:timers/promises'
import type { OperationOutcomeError } from '@medplum/core'
import type { Request, Response } from 'express'
import { isBusy } from '../faults.ts'
import type { Hospital } from '../hospital.ts'
import { epicRefusal, noteTrouble } from '../personalities/epic-codes.ts'
import { sendOutcome } from './answer.ts'
import type { Asked } from './interaction.ts'
import { refuse } from './outcomes.ts'

type Exchange = { request: Request; response: Response; asked: Asked }

/** true when the trouble has answered (or cut, or left hanging) the request already. */
export async function troubleBefore(hospital: Hospital, { request, response, asked }: Exchange): Promise<boolean> {
  const { faults } = hospital
  const occasion = { types: asked.types, id: asked.path.split('/')[1], method: request.method }
  const slow = faults.strike('fhir-slow', occasion)
  if (slow) await (slow.until ?? setTimeout(slow.ms ?? 2000, undefined, { ref: false }))
  if (faults.strike('fhir-timeout', occasion)) return true
  if (asked.interaction === 'search-type') {
    const search = { ...occasion, by: [...asked.query.keys()] }
    if (faults.strike('search-silent', search)) return true
    const refused = faults.strike('search-refused', search)
    if (refused) return fail(response, refused.status ?? 501, 'This cannot be searched for.')
  }
  if (faults.strike('fhir-403', occasion)) return fail(response, 403, 'This is not for your eyes.')
  if (faults.strike('fhir-404-page', occasion)) {
    response.status(404).type('html').send('<h1>404 Not Found</h1>')
    return true
  }
  const onward = asked.interaction === 'read' ? faults.strike('read-sent-on', occasion) : undefined
  if (onward) {
    response.redirect(301, onward.url ?? '/')
    return true
  }
  if (faults.strike('fhir-410', occasion)) return fail(response, 410, 'This was deleted.')
  if (faults.strike('fhir-500', occasion)) return fail(response, 500, 'The server stumbled.')
  const down = faults.strike('fhir-503-retry-after', occasion)
  const busy = down ?? faults.strike('fhir-429-retry-after', occasion)
  if (busy) {
    const { retryAfter = down ? '2' : '1' } = busy
    if (retryAfter !== false) response.set('Retry-After', retryAfter)
    return down ? fail(response, 503, 'The server is down for maintenance.') : fail(response, 429, 'Too many requests.')
  }
  return writeTrouble(hospital, { request, response, asked })
}

/** true when /metadata is not to be answered any more. */
export async function metadataTrouble({ faults }: Hospital, response: Response): Promise<boolean> {
  const slow = faults.strike('metadata-slow')
  if (slow) await (slow.until ?? setTimeout(slow.ms ?? 2000, undefined, { ref: false }))
  if (faults.strike('metadata-silent')) return true
  if (isBusy(faults, 'metadata-429', response)) return true
  if (!faults.strike('metadata-500')) return false
  response.status(500).type('text').send('Internal Server Error')
  return true
}

/** The faults that only writes meet. */
function writeTrouble({ faults }: Hospital, { request, response, asked }: Exchange): boolean {
  const occasion = { types: asked.types, method: request.method }
  if (asked.isWrite && faults.strike('cut-before-write', occasion)) {
    request.socket.destroy()
    return true
  }
  if (asked.isWrite && faults.strike('failed-with-200', occasion)) return fail(response, 200, 'It was not kept.')
  if (asked.interaction === 'create' && asked.type === 'DocumentReference') {
    noteTrouble(faults)
    if (faults.strike('document-403', occasion)) {
      response.status(403).end()
      return true
    }
  }
  const isAppointmentUpdate = asked.interaction === 'update' && asked.type === 'Appointment'
  if (isAppointmentUpdate && faults.strike('appointment-conflict', occasion)) {
    return fail(response, 412, 'Someone has changed this Appointment.')
  }
  return false
}

/** Like troubleBefore, once the write has been kept. */
export function troubleAfter({ faults }: Hospital, { request, response, asked }: Exchange): boolean {
  if (!asked.isWrite) return false
  const occasion = { types: asked.types, method: request.method }
  if (faults.strike('cut-after-write', occasion)) {
    request.socket.destroy()
    return true
  }
  const isNewNote = asked.interaction === 'create' && asked.type === 'DocumentReference'
  if (isNewNote && faults.strike('duplicate-after-write', occasion)) throw epicRefusal(422, '59141')
  return faults.strike('500-after-write', occasion) ? fail(response, 500, 'The server stumbled.') : false
}

const issues: Readonly<Record<number, Parameters<typeof refuse>[1]>> = {
  403: 'forbidden',
  410: 'deleted',
  412: 'conflict',
  429: 'throttled',
  501: 'not-supported',
}

function fail(response: Response, status: number, text: string): true {
  const error = refuse(status, issues[status] ?? 'transient', text) as OperationOutcomeError
  sendOutcome(response, error.outcome)
  return true
}
