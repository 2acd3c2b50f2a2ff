// The clinic that a page belongs to before anybody is signed in, or after: the server writes it into the page where the issuer says whose it is.
import type { Me } from '../../server/wire/wire.ts'

export type Clinic = Pick<Me['organisation'], 'name' | 'phone' | 'emergency' | 'language'>

export function clinicHere(): Clinic | undefined {
  const { lang, dataset } = document.documentElement
  const { clinic: name, phone, emergency, emergencyLanguage = lang } = dataset
  if (name === undefined || phone === undefined) return undefined
  const language = emergencyLanguage as Clinic['language'] // sound: the server wrote it, or the page's own
  return { name, phone, language, ...(emergency !== undefined && { emergency }) }
}
