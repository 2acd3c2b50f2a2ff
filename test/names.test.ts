// One name, one meaning: what two modules export under the same name has a reason beside it, and a reason nothing needs goes.
import { describe, expect, test } from 'vitest'
import { everyExport, exportsOf, namesOfSeveral } from './support/exports.ts'

/** The sandbox plays an EHR and a Jitsi, which have the same word for a thing of their own; nothing of ours imports it. */
const played = 'the sandbox plays somebody with the same word for a thing of their own'
/** A component shows the state or the part of a visit that it is named after. */
const shown = 'a component, and the state it shows'
/** An entry of a words module is named after the thing its sentences are about. */
const said = 'what happens, and the sentences about it'
/** The doctor looks from outside at what the app or the sandbox has inside. */
const asked = 'the doctor asks for what others are'
/** A step takes the name of the act; so does the page that asks for it. */
const bothSides = 'one act, on the page and in the step it asks for'
/** Told by one and heard by another, each in its own shape. */
const apart = 'the same kind of thing, each program in its own shape; neither imports the other'

/** How many modules export the name, and why they may. */
const reasons: Readonly<Record<string, readonly [modules: number, why: string]>> = {
  Answer: [2, apart],
  Asked: [2, apart],
  Call: [2, shown],
  Cancelled: [2, shown],
  Census: [2, apart],
  Declined: [2, shown],
  Ehr: [2, played],
  FaultName: [2, 'of the EHR and of the Jitsi: each sandbox has its own'],
  Faults: [2, 'of the EHR and of the Jitsi: each sandbox has its own'],
  HandOver: [2, 'over the wire, and in the row: twins'],
  Jitsi: [2, played],
  Page: [2, played],
  Part: [2, apart],
  Person: [3, shown],
  Report: [2, apart],
  Room: [2, played],
  Route: [2, 'of the server, and of the page: each the URLs of its own'],
  Said: [2, apart],
  Seen: [3, apart],
  Store: [2, played],
  Told: [2, apart],
  Waiting: [2, shown],
  ask: [2, 'the page asks our server, and our server asks other systems: neither imports the other'],
  at: [2, 'the EHR’s base, and the Jitsi’s room: each sandbox has its own'],
  authorizationEndpoint: [2, asked],
  barred: [2, said],
  birthDate: [2, 'on the page, and in what the server prints: neither may import the other'],
  cancelled: [2, said],
  clock: [3, 'on the page, in what the server prints, and the finding about an EHR’s clock'],
  day: [2, said],
  end: [2, played],
  enter: [2, played],
  facts: [2, played],
  handOver: [3, bothSides],
  hear: [2, played],
  kindOf: [2, apart],
  knock: [3, bothSides],
  launchUrl: [2, asked],
  leave: [2, played],
  left: [2, played],
  nameOf: [2, played],
  openDevices: [2, played],
  organisations: [2, said],
  rulesFor: [2, played],
  send: [2, 'the EHR’s answer, and the Jitsi’s message: each sandbox has its own'],
  signingKeys: [2, asked],
  tokenEndpoint: [2, asked],
  within: [2, apart],
  wordOf: [2, played],
}

test('no name is exported by two modules without a reason beside it, and no reason stands without its name', () => {
  const several = namesOfSeveral(everyExport())
  const wanting = [...several].filter(([name, paths]) => reasons[name]?.[0] !== paths.length)

  expect(wanting.map(([name, paths]) => `${name}: ${paths.join(', ')}`)).toEqual([])
  expect(Object.keys(reasons).filter((name) => !several.has(name))).toEqual([])
})

describe('an export', () => {
  const file = (path: string, ...lines: readonly string[]) => ({ path, text: lines.join('\n') })

  test('is what a module makes and not what it hands on; a schema and its type are one', () => {
    const made = exportsOf([
      file('a.ts', 'export const Knock = z.string()', 'export type Knock = z.infer<typeof Knock>', 'const own = 1'),
      file(
        'b.ts',
        "export { Knock } from './a.ts'",
        "export type { Other } from './a.ts'",
        'export async function ask() {}',
      ),
      file('c.ts', 'export class Refusal extends Error {}', 'export interface Shelf {}', 'export function* turns() {}'),
    ])

    expect(made.map(({ name, path }) => `${path} ${name}`)).toEqual([
      ...['a.ts Knock', 'b.ts ask', 'c.ts Refusal', 'c.ts Shelf', 'c.ts turns'],
    ])
  })

  test('of one name in two modules is told with both of them, and one that stands alone is not', () => {
    const several = namesOfSeveral(
      exportsOf([file('a.ts', 'export const at = 1'), file('b.ts', 'export const at = 2', 'export const alone = 3')]),
    )

    expect([...several]).toEqual([['at', ['a.ts', 'b.ts']]])
  })
})
