// The report for people: groups of lines that fit a hundred columns, and what to do at the end. What came from outside is shown
// without the characters that steer a terminal.
import { breaksVisits, type Finding, type Part, type Report } from './finding.ts'

const columns = 100
const idColumns = 27

export function table({ subject, visits, parts }: Report): string {
  const verdict =
    visits === 'would-work'
      ? 'By all that can be seen without signing in, a visit would work.'
      : 'A visit would not work: see the lines with a !, and what to do about them.'
  const sections = parts.map((part) => (parts.length === 1 ? groups(part) : `==== ${part.about}\n\n${groups(part)}`))
  return plain([`Housecall doctor: ${subject}`, ...sections, verdict].join('\n\n'))
}

function groups(part: Part): string {
  const of = (...results: readonly Finding['result'][]) => part.findings.filter((f) => results.includes(f.result))
  const asks = (whom: 'ehr' | 'us') =>
    [...new Set(part.findings.flatMap(({ ask }) => (ask?.of === whom ? [ask.text] : [])))].map((text) =>
      wrapped('- ', text),
    )
  const all: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ['What will work', of('ok').map(line)],
    ['What will be missing', of('failed', 'missing').map(line)],
    ['What to keep in mind', of('warning', 'not-checked').map(line)],
    ["What to ask the EHR's administrator for", [...asks('ehr'), ...registered(part)]],
    ['What to change on our side', asks('us')],
  ]
  const shown = all.filter(([, lines]) => lines.length > 0)
  return shown.map(([title, lines]) => [title, ...lines].join('\n')).join('\n\n')
}

const marks: Readonly<Record<Finding['result'], string>> = {
  ok: '+',
  missing: '-',
  failed: '-',
  warning: '~',
  'not-checked': '?',
}

/** `+` works, `-` is missing, `!` is missing and a visit needs it, `~` may go wrong, `?` was not checked. */
function line(finding: Finding): string {
  const mark = breaksVisits(finding) ? '!' : marks[finding.result]
  return wrapped(`${mark} ${finding.id.padEnd(idColumns)}`, finding.means)
}

function registered({ register }: Part): readonly string[] {
  if (register === undefined) return []
  return [
    '  - Register the app:',
    wrapped('    launch URL    ', register.launchUrl),
    wrapped('    redirect URI  ', register.redirectUri),
    wrapped('    JWKS URL      ', register.jwksUrl),
    wrapped('    scopes        ', register.scopes),
  ]
}

/** Text in lines of a hundred columns, the later ones under the first; a long address stays in one piece. */
function wrapped(head: string, text: string): string {
  const indent = ' '.repeat(2 + head.length)
  const lines = [`  ${head}`]
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? ''
    const full = last.length + 1 + word.length > columns && last.trim() !== '' && last.length > indent.length
    if (full) lines.push(indent + word)
    else lines[lines.length - 1] = last.endsWith(' ') ? last + word : `${last} ${word}`
  }
  return lines.join('\n')
}

/** Control and formatting characters from outside become blanks; the line ends are ours. */
const plain = (text: string) => text.replaceAll(/[^\P{C}\n]+/gu, ' ')
