// What an EHR says of itself, of its keys and in a token response, as it was meant: members that say nothing are as if they were absent, as many
// servers send them for what they do not have.
// Refuses nothing: what is left is judged by who reads it.

/** Those whose value is text. A number there, or yes or no, is no text. */
const texts: ReadonlySet<string> = new Set([
  'access_token',
  'token_type',
  'refresh_token',
  'id_token',
  'scope',
  'patient',
  'encounter',
  'appointment',
  'smart_style_url',
])

/** Without `null`, empty texts, and numbers where text is due. */
export function withoutEmpty(response: object): object {
  return Object.fromEntries(Object.entries(response).filter(([name, value]) => says(name, value)))
}

function says(name: string, value: unknown): boolean {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return false
  return !texts.has(name) || (typeof value !== 'number' && typeof value !== 'boolean')
}
