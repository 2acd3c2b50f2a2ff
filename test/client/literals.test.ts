// Sentences for people stand in words modules: the client's other files are read for text, and hold none.
import { parseSync } from 'vite'
import { describe, expect, test } from 'vitest'
import { filesIn } from '../support/sources.ts'

type Node = Readonly<Record<string, unknown>> & { readonly type: string }

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string'
const under = (node: Node): readonly (readonly [string, Node])[] =>
  Object.entries(node).flatMap(([key, value]) =>
    [value].flat().flatMap((one: unknown) => (isNode(one) ? [[key, one] as const] : [])),
  )

/** Attributes that people read or hear. */
const spoken = [
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
  'title',
  'placeholder',
  'alt',
  'label',
  'summary',
]
const hasLetters = (text: string) => /\p{L}/u.test(text)
/** A capital first and a space, a word after a word, or the end of a sentence. */
const isSentence = (text: string) =>
  /^\s*\p{Lu}.*\s\S/su.test(text) || /\p{L}{2,} \p{L}{2,}/u.test(text) || /\p{L}.*[.…?!]\s*$/su.test(text)

/** What a node says by itself. */
function textOf(node: Node): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node.type === 'JSXText') return String(node.value)
  if (node.type !== 'TemplateLiteral') return undefined
  return [node.quasis].flat().map(rawOf).join('0')
}
const rawOf = (quasi: unknown) => String(Reflect.get(Object(Reflect.get(Object(quasi), 'value')), 'raw'))

/** The texts for people in a file. `shown`: whatever stands here is put before people as it is. */
function textsIn(node: Node, shown = false): readonly string[] {
  if (node.type === 'ImportDeclaration' || node.type === 'TSLiteralType') return []
  if (isNamed(node, 'class') || isNamed(node, 'd')) return [] // a style, and how a line is drawn
  const text = textOf(node)
  if (text !== undefined && (shown || node.type === 'JSXText' ? hasLetters(text) : isSentence(text))) return [text]
  return under(node).flatMap(([key, child]) => textsIn(child, showsAt(node, key, shown)))
}

/** Whether a child of a node is put before people: between tags, or as a spoken attribute, whichever way it is chosen. */
function showsAt(node: Node, key: string, shown: boolean): boolean {
  switch (node.type) {
    case 'JSXElement':
    case 'JSXFragment':
      return key === 'children'
    case 'JSXAttribute':
      return key === 'value' && spoken.some((name) => isNamed(node, name))
    case 'JSXExpressionContainer':
    case 'TemplateLiteral':
      return shown
    case 'ConditionalExpression':
      return shown && key !== 'test'
    case 'LogicalExpression':
      return shown && key === 'right'
    default:
      return false
  }
}

const isNamed = (node: Node, name: string) =>
  node.type === 'JSXAttribute' && isNode(node.name) && node.name.name === name

const read = (path: string, text: string) => textsIn(parseSync(path, text).program as unknown as Node) // sound: ESTree's nodes have a type each
const isWords = (path: string) => /(^|[/-])words\.ts$/.test(path)

test('a file of the client that is no words module holds no text for people', () => {
  const found = filesIn('client')
    .filter(({ path }) => !isWords(path))
    .map(({ path, text }) => ({ path, texts: read(path, text) }))

  expect(found.length).toBeGreaterThan(50)
  expect(found.filter(({ texts }) => texts.length > 0)).toEqual([])
})

test('nor does what the server writes into a page: its words stand in a module, in each language', () => {
  const between = />([^<>$`]*\p{L}[^<>$`]*)<\//u
  const pages = filesIn('server/http').filter(({ text }) => text.includes('</'))

  expect(pages.map(({ path }) => path)).toContain('server/http/pages.ts')
  expect(pages.flatMap(({ text }) => between.exec(text)?.[1] ?? [])).toEqual([])
  expect(between.exec('<p>Opening</p>')?.[1]).toBe('Opening')
})

describe('text for people', () => {
  test.each([
    ['between tags', '<p>Hello</p>'],
    ['between tags, as it is chosen', "<p>{late ? 'late' : ''}</p>"],
    ['between tags, around what is known', `<p>{\`since \${then}\`}</p>`],
    ['in an attribute that is read out', '<img alt="A cat" />'],
    ['in an attribute that is read out, as it is chosen', `<a aria-label={far && \`to \${there}\`} />`],
    ['as a sentence anywhere', "say('Somebody is waiting')"],
    ['as a piece of a sentence anywhere', "day + ', as far as we know'"],
    ['as a question anywhere', "say('why?')"],
    ['as a sentence around what is known', `say(\`\${name} waits.\`)`],
  ])('is found %s', (_where, code) => {
    expect(read('a.tsx', `const a = ${code}`)).toHaveLength(1)
  })

  test('is not what only programs read', () => {
    const code = `import a from 'Some where'; const b = <p class="Big one" title={title}><path d="M62 28h110" />{a === 'some' ? words.one : 3}</p>; ask('GET', '/a?b', \`W/"\${3}"\`)`

    expect(read('a.tsx', code)).toEqual([])
  })
})
