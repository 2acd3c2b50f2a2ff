// The cookies of sign-ins: how they are named, kept to their path, read and taken away.
// Refuses to take one of several by the same name for the only one: a neighbour of our host's can plant another beside ours.
import type { Request, Response } from 'express'
import type { Config } from '../settings/config.ts'

/**
 * `housecall` opens one launch, below its own path; `housecall-in-…` binds one sign-in under way to its browser, at its callback;
 * `housecall-out` says at the way in that somebody signed out in this browser; `housecall-language` is set by our pages, and names a language;
 * `housecall-by-…` says that an invitation was pressed in it.
 */
export type CookieName =
  | 'housecall'
  | 'housecall-out'
  | 'housecall-language'
  | `housecall-in-${string}`
  | `housecall-by-${string}`

type At = Pick<Config, 'url'>

/**
 * With `__Secure-` a browser takes it over TLS alone (RFC 6265bis, 4.1.3.1); without on plain http, which is for this machine. `__Host-`
 * would want `Path=/`, and ours are kept to theirs, so that two tabs never share a patient.
 */
const wholeName = ({ url }: At, name: CookieName): string => (url.startsWith('https:') ? `__Secure-${name}` : name)

// In an EHR's frame only a Partitioned cookie is sent at all; at top level it works as well, so there is one kind.
const bound = { httpOnly: true, secure: true, sameSite: 'none', partitioned: true } as const

export function setCookie(
  config: At,
  response: Response,
  name: CookieName,
  { value, path, seconds }: { readonly value: string; readonly path: string; readonly seconds: number },
): void {
  response.cookie(wholeName(config, name), value, { ...bound, path, maxAge: seconds * 1000 })
}

export const expireCookie = (config: At, response: Response, name: CookieName, path: string): void =>
  void response.clearCookie(wholeName(config, name), { ...bound, path })

/** 32 bytes as base64url: nothing longer or shorter was ever ours. */
const secretLength = 43

/** The secrets that a request brings under this name: whoever holds one of them holds the cookie. RFC 6265, 5.4: a header may have several. */
export const secretsIn = (config: At, request: Request, name: CookieName): readonly string[] =>
  valuesIn(config, request, name).filter(({ length }) => length === secretLength)

export const brings = (config: At, request: Request, name: CookieName): boolean =>
  valuesIn(config, request, name).length > 0

/** What a request brings under this name, each value once. */
export function valuesIn(config: At, request: Request, name: CookieName): readonly string[] {
  const whole = wholeName(config, name)
  const ours = new Set<string>()
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const cookie = pair.trim()
    if (cookie.startsWith(`${whole}=`)) ours.add(cookie.slice(whole.length + 1))
  }
  return [...ours]
}
