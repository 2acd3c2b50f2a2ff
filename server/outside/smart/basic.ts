// How our id and secret stand in HTTP Basic. RFC 6749, 2.3.1 has both form-encoded; many servers read them as they stand, and SMART's own
// example has a hyphen that stays one. So unreserved characters always go as they are; where the rest makes two forms of it, the plain
// one goes first, the encoded one second, and what was taken once goes first from then on.
import type { Answered } from '../ask.ts'
import { jsonOf } from '../ask.ts'

export type Basic = {
  /** The Authorization header that goes first. */
  first(): string
  /** The other form, for a client that was refused in this one; undefined where there is none. */
  after(sent: string): string | undefined
  /** This form was taken. */
  taken(sent: string): void
}

/** By issuer and client, for as long as we run: which of the two forms was taken second, and goes first now. */
export type TakenForms = Map<string, number>

export function openBasic(key: string, clientId: string, secret: string, takenForms: TakenForms): Basic {
  const forms = basicForms(clientId, secret).map((text) => `Basic ${Buffer.from(text, 'utf8').toString('base64')}`)
  return {
    first: () => forms[takenForms.get(key) ?? 0] ?? '',
    after: (sent) => forms.find((form) => form !== sent),
    taken: (sent) => void takenForms.set(key, Math.max(forms.indexOf(sent), 0)),
  }
}

/** One form or two. An id with a colon, and what has control characters, cannot stand there plainly (RFC 7617, 2). */
function basicForms(clientId: string, secret: string): readonly string[] {
  const encoded = [clientId, secret].map(formEncoded).join(':')
  const isPlain = !clientId.includes(':') && ![...clientId, ...secret].some(isControl)
  return [...new Set([...(isPlain ? [`${clientId}:${secret}`] : []), encoded])]
}

const isControl = (sign: string) => sign < ' ' || sign === '\u007f'

/** As a form writes it (application/x-www-form-urlencoded), but for RFC 3986's unreserved characters, which stay. */
const formEncoded = (text: string) =>
  encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/**
 * Whether an answer of the token endpoint refuses the client, and not what it brought: a server looks at who asks before it looks at a code
 * or a refresh token (RFC 6749, 3.2.1, 4.1.3 and 6), so neither is spent. Medplum says it with 400 and in words.
 */
export function refusesClient(answered: Answered): boolean {
  const { status } = answered
  if (status === 401) return true
  if (status < 400 || status >= 500) return false
  const { error, error_description: words } = errorIn(answered)
  return error === 'invalid_client' || (status === 400 && words === 'Invalid client')
}

function errorIn(answered: Answered): { readonly error?: unknown; readonly error_description?: unknown } {
  try {
    const said = jsonOf(answered)
    return typeof said === 'object' && said !== null ? said : {}
  } catch {
    return {} // A page of whoever stands before the EHR says nothing about us.
  }
}
