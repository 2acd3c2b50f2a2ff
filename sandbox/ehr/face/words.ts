// Owns how resources read on the EHR's pages: names, dates in the clinic's time zone, codes as words.
import type { CodeableConcept, FhirResource, HumanName } from 'fhir/r4'

export function nameOf(resource: FhirResource | undefined): string {
  if (!resource || !('name' in resource) || !resource.name) return 'Unnamed'
  if (typeof resource.name === 'string') return resource.name
  const names: HumanName[] = [resource.name].flat()
  const [name] = names
  if (!name) return 'Unnamed'
  // Not every machine has letters for every script: where there is a name in Latin ones too, it comes first, and the official one after it.
  const readable = names.find((one) => isLatin(textOf(one)))
  if (readable === undefined || isLatin(textOf(name))) return textOf(name)
  return `${textOf(readable)} (${textOf(name)})`
}

const isLatin = (text: string) => !/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(text)

function textOf(name: HumanName): string {
  const parts = [...(name.prefix ?? []), ...(name.given ?? []), name.family, ...(name.suffix ?? [])]
  return name.text ?? (parts.filter(Boolean).join(' ') || 'Unnamed')
}

export function wordOf(concept: CodeableConcept | undefined): string | undefined {
  const coding = concept?.coding?.[0]
  return concept?.text ?? coding?.display ?? coding?.code
}

export type Clock = {
  /** Whose times these are, in a sentence. */
  readonly says: string
  time(instant?: string): string
  day(instant?: string): string
  moment(instant?: string): string
  date(now: Date): string
}

/** A clock on the clinic's wall. */
export function clockIn(timeZone: string): Clock {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-US', { ...options, timeZone })
  const time = format({ hour: 'numeric', minute: '2-digit' })
  const day = format({ weekday: 'short', month: 'short', day: 'numeric', year: 'numeric' })
  const key = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  const say = (instant: string | undefined, words: (date: Date) => string) => (instant ? words(new Date(instant)) : '–')
  return {
    says: `Times are the clinic’s (${timeZone}).`,
    time: (instant) => say(instant, (date) => time.format(date)),
    day: (instant) => say(instant, (date) => day.format(date)),
    moment: (instant) => say(instant, (date) => `${day.format(date)}, ${time.format(date)}`),
    date: (now) => key.format(now),
  }
}
