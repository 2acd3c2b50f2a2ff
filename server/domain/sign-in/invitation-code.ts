// The code that somebody types where a link does not help: ten signs that cannot be taken for one another, in two halves. By the first half an
// invitation is found, the second opens it: so that guessing is seen where it happens, and ends after a few tries. Pure.
// Refuses nothing: what is no code is undefined.

declare const brand: unique symbol
/** Ten signs of the alphabet, without the hyphen they are shown with. */
export type InvitationCode = string & { readonly [brand]: 'InvitationCode' }

/** Crockford's: without I, L, O and U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const half = 5

/** Of ten random bytes. */
export const codeFrom = (bytes: Uint8Array): InvitationCode =>
  [...bytes.subarray(0, 2 * half)].map((byte) => alphabet[byte & 31]).join('') as InvitationCode // sound: made here

/** As it is read out and shown. */
export const shownCode = (code: InvitationCode): string => `${locatorOf(code)}-${code.slice(half)}`

export const locatorOf = (code: InvitationCode): string => code.slice(0, half)

/** What somebody typed, with whatever spaces and hyphens, and O for 0, I or L for 1; undefined where that is no code. */
export function typedCode(text: string): InvitationCode | undefined {
  const signs = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  const isCode = signs.length === 2 * half && [...signs].every((sign) => alphabet.includes(sign))
  return isCode ? (signs as InvitationCode) : undefined // sound: just looked at
}
