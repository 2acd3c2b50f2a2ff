// What the log and the audit trail may say is listed; a word that nobody writes would be a promise nobody keeps.
import { expect, test } from 'vitest'
import { AuditEntry } from '../../server/outside/record/audit.ts'
import { EventName, logFields } from '../../server/outside/record/record.ts'
import { filesIn } from '../support/sources.ts'

const server = filesIn('server').map(({ text }) => text)
/** The text of each call that writes, to the end of its arguments, and of what the same file's functions put into them. */
const calls = (name: RegExp): readonly string[] =>
  server.flatMap((text) => [...text.matchAll(name)].map((m) => withHelpers(text, callAt(text, m.index))))

const withHelpers = (text: string, call: string): string => {
  const helpers = [...call.matchAll(/[ .](\w+)\(/g)].map(([, helper = '']) => helper)
  return [
    call,
    ...helpers.map(
      (helper) => new RegExp(`(?:const|function) ${helper}\\b[\\s\\S]*?(?:\\n\\n|$)`).exec(text)?.[0] ?? '',
    ),
  ].join(' ')
}

function callAt(text: string, from: number): string {
  let open = 0
  for (let at = text.indexOf('(', from); at < text.length; at++) {
    open += text[at] === '(' ? 1 : text[at] === ')' ? -1 : 0
    if (open === 0) return text.slice(from, at + 1)
  }
  return ''
}

/** What the record adds to every line that is written for a request. */
const addedToEach = server.flatMap((text) => [...text.matchAll(/: Trace = \{[\s\S]*?\n {4}\}/g)].map(String))

test('every event of the audit trail is written by the app', () => {
  const writing = server.filter((text) => text.includes('happened('))

  expect(writing.length).toBeGreaterThan(10)
  const unwritten = AuditEntry.shape.event.options.filter(
    (event) => !writing.some((text) => text.includes(`'${event}'`)),
  )
  expect(unwritten).toEqual([])
})

test('every event and every field of the log is written by the app', () => {
  const written = [...calls(/\blog\.(?:info|warn|error)\(/g), ...addedToEach]

  expect(written.length).toBeGreaterThan(10)
  expect(addedToEach).toHaveLength(1)
  expect(EventName.options.filter((event) => !written.some((call) => call.includes(`'${event}'`)))).toEqual([])
  const unsaid = Object.keys(logFields).filter(
    (field) => !written.some((call) => new RegExp(`\\b${field}\\b`).test(call)),
  )
  expect(unsaid).toEqual([])
})
