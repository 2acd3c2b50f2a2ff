// The clinic that a page belongs to before anybody is signed in, or after: the server writes it into the page where the issuer says whose it is.
import type { Me } from '../../server/wire/wire.ts'

export type Clinic = Pick<Me['organisation'], 'name' | 'phone' | 'emergency'>

export function clinicHere(): Clinic | undefined {
  const { clinic: name, phone, emergency } = document.documentElement.dataset
  if (name === undefined || phone === undefined) return undefined
  return { name, phone, ...(emergency !== undefined && { emergency }) }
}
