// Owns how often one address may come to the authorization server, where the personality counts: above, 429 without Retry-After.
import type { RequestHandler } from 'express'
import { sendOutcome } from '../fhir/answer.ts'
import type { Hospital } from '../hospital.ts'

export function perMinute({ personality, now }: Hospital): RequestHandler {
  const most = personality.smart?.requestsPerMinute
  if (most === undefined) return (_request, _response, next) => next()
  const counted = new Map<string, number>()
  let minute = 0
  return (request, response, next) => {
    const current = Math.floor(now().getTime() / 60_000)
    if (current !== minute) counted.clear()
    minute = current
    const count = (counted.get(request.ip ?? '') ?? 0) + 1
    counted.set(request.ip ?? '', count)
    if (count <= most) return next()
    const issue = [{ severity: 'error', code: 'throttled', details: { text: 'Too Many Requests' } } as const]
    sendOutcome(response, { resourceType: 'OperationOutcome', id: 'status-429', issue: [...issue] })
  }
}
