// What a request line may ask for at all: an address of ours, and by HEAD only what a look leaves as it was.
// Refuses what is no address (`bad-request`), and HEAD where a GET does more than look (`method-refused`).
import type { NextFunction, Request, Response } from 'express'
import { Refusal } from '../domain/errors.ts'

/**
 * An absolute address is read as its path (RFC 9112, 3.2.2): whose host it names is nothing to us, for our own stands in the settings.
 * What follows us finds `/path?query` and nothing else.
 */
export function readAddress(request: Request): void {
  if (!request.url.startsWith('/')) {
    const absolute = /^https?:\/\//i.test(request.url) && URL.canParse(request.url)
    if (!absolute) throw new Refusal('bad-request')
    const { pathname, search } = new URL(request.url)
    request.url = pathname + search
    request.originalUrl = request.url
  }
}

/**
 * For a GET that signs in, writes a line into the audit trail, asks the EHR, or stays open: a HEAD of it is refused before anything is
 * done, for it must be no act (RFC 9110, 9.2.1), and without the act nobody knows what a GET would be answered.
 */
export function getOnly({ method }: Request, response: Response, next: NextFunction): void {
  if (method === 'HEAD') {
    response.setHeader('Allow', 'GET')
    throw new Refusal('method-refused')
  }
  next()
}

/** Whether a person's browser goes to this address, where pages are: what goes wrong there is told in words, and not as JSON. */
export const isNavigation = (request: Request): boolean =>
  looks(request) &&
  !request.path.includes('/api/') &&
  request.headers.accept?.includes('text/html') === true &&
  Boolean(request.accepts('html'))

/** Whether a request only looks, and is no act of a person's. */
export const looks = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD'
