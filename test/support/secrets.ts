// Owns the secrets of a journey: takes down each as it passes by, and looks for them in a text.

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { vi } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { lookedInto } from './going-out.ts'
import { soap } from './visits.ts'
import type { Overheard } from './world.ts'

/** What must not be found, by kind. */
export const needles = {
  tokens: new Set<string>(),
  idTokens: new Set<string>(),
  jitsiTokens: new Set<string>(),
  cookies: new Set<string>(),
  states: new Set<string>(),
  codes: new Set<string>(),
  verifiers: new Set<string>(),
  names: new Set<string>(),
  birthDates: new Set<string>(),
  /** Of patients' records, without the country's. */
  phones: new Set<string>(['718-555-0131', '718-555-0133']),
  words: new Set<string>(Object.values(soap)),
}
type Kind = keyof typeof needles

/** Whatever is printed past the log. */
export function quietly(): string[] {
  const printed: string[] = []
  for (const way of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, way).mockImplementation((...of: unknown[]) => void printed.push(of.map(String).join(' ')))
  return printed
}

/** Takes down what passes between the app and the EHR's token endpoint. */
export function eavesdrop(): void {
  const real = globalThis.fetch
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (to, given) => {
    const { form, init } = await lookedInto(given)
    const answer = await real(to, init)
    if (!String(to).endsWith('/oauth/token')) return answer
    for (const [name, value] of form) {
      if (name === 'code') needles.codes.add(value)
      if (name === 'code_verifier') needles.verifiers.add(value)
    }
    const told = (await answer
      .clone()
      .json()
      .catch(() => ({}))) as Record<string, unknown> // sound: each member is looked at
    for (const [name, value] of Object.entries(told)) {
      if (typeof value !== 'string') continue
      if (name === 'access_token' || name === 'refresh_token') needles.tokens.add(value)
      if (name === 'id_token') needles.idTokens.add(value).add(value.split('.')[2] ?? value)
    }
    return answer
  })
}

/** The cookies out of our replies, and everybody's name and birth date. */
export function takeDown(replies: readonly Overheard[]): void {
  const { patients, relatedPersons, practitioners } = clinic
  for (const { head } of replies)
    for (const [, value = ''] of head.matchAll(/housecall[a-z0-9-]*=([A-Za-z0-9_-]{20,})/gi)) needles.cookies.add(value)
  for (const one of [...Object.values(patients), ...Object.values(relatedPersons), ...Object.values(practitioners)]) {
    needles.names.add(one.name)
    if ('birthDate' in one) needles.birthDates.add(one.birthDate)
  }
  for (const name of ['Margaret', 'Whitfield', 'Lillian', 'Haddad', 'Layla']) needles.names.add(name)
}

/** Which needles stand in a text, by kind; `but` are kinds that belong there. */
export function found(text: string, but: readonly Kind[] = []): readonly string[] {
  const kinds = (Object.keys(needles) as Kind[]).filter((kind) => !but.includes(kind)) // sound: needles' own keys
  return kinds.flatMap((kind) =>
    [...needles[kind]].filter((needle) => holds(text, needle)).map((needle) => `${kind}: ${needle}`),
  )
}

const holds = (text: string, needle: string) =>
  [needle, encodeURIComponent(needle), JSON.stringify(needle).slice(1, -1)].some((form) => text.includes(form))

/** Every file in a folder and below it, by its path. */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
