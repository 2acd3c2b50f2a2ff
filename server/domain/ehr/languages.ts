// The languages in which people can read our pages, and which of them somebody reads: by their record, and by their browser.
// Refuses nothing: what is no language of ours is passed over.
import { membersOf } from './members.ts'

/** As BCP 47 has them. Each is off until an organisation switches it on. */
export const languages = ['en', 'es', 'fr', 'ar', 'zh-Hans'] as const
export type Language = (typeof languages)[number]

/** Ours for a tag of BCP 47, by its first part alone: `es-US` is Spanish, and `zh-TW` Chinese. */
export function ourLanguage(tag: string): Language | undefined {
  const spoken = primary(tag)
  return spoken === undefined ? undefined : languages.find((one) => primary(one) === spoken)
}

/** Undefined for what is no tag. Some EHRs write `es_US`, some the three letters of ISO 639: `spa` is `es` here. */
function primary(tag: string): string | undefined {
  try {
    return new Intl.Locale(tag.trim().replaceAll('_', '-')).language
  } catch {
    return undefined
  }
}

/** What a record says that its person speaks, preferred first: `communication` of R4's Patient and RelatedPerson, as it came. */
export function spokenBy(communication: unknown): readonly Language[] {
  const said = (Array.isArray(communication) ? communication : []).map(membersOf)
  const inOrder = [...said.filter(({ preferred }) => preferred === true), ...said]
  const codes = inOrder.flatMap(({ language }) => {
    const { coding } = membersOf(language)
    return (Array.isArray(coding) ? coding : []).map((one) => membersOf(one).code)
  })
  return [...new Set(codes.flatMap((code) => (typeof code === 'string' ? (ourLanguage(code) ?? []) : [])))]
}

/** What a browser asks for in its `Accept-Language` (RFC 9110, 12.5.4), the dearest first; what it does not want at all is left out. */
export function acceptedIn(header: string | undefined): readonly Language[] {
  const asked = (header ?? '').split(',').map((one) => {
    const [tag = '', weight] = one.split(';')
    const q = Number(/^\s*q=([\d.]+)\s*$/.exec(weight ?? 'q=1')?.[1] ?? 0)
    return { language: ourLanguage(tag), q: Number.isNaN(q) ? 0 : q }
  })
  const wanted = asked.filter(({ q }) => q > 0).toSorted((a, b) => b.q - a.q)
  return [...new Set(wanted.flatMap(({ language }) => language ?? []))]
}

/** This one where it is switched on; else the first that is. */
export const languageOn = (on: readonly Language[], wish?: Language): Language => chosenAmong(on, wish ? [wish] : [])

/** The first of these wishes that is switched on; else the first that is. */
export const chosenAmong = (on: readonly Language[], wishes: readonly Language[]): Language =>
  wishes.find((one) => on.includes(one)) ?? on[0] ?? 'en'
