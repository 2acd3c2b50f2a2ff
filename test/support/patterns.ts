// Owns the finding of every regular expression in our own sources: literals, what is built by `RegExp`, what strings are searched by,
// and the ones that zod brings for the formats we ask it for.
import { parseSync } from 'vite'
import { z } from 'zod'
import { filesIn } from './sources.ts'

export type Pattern = { readonly where: string; readonly pattern: RegExp }

type Node = Readonly<Record<string, unknown>> & { readonly type: string; readonly start: number }

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string'
const childrenOf = (node: Node): readonly Node[] =>
  Object.values(node).flatMap((value) => [value].flat().filter((one: unknown) => isNode(one)))
const everyNode = (node: Node): readonly Node[] => [node, ...childrenOf(node).flatMap(everyNode)]

/** The patterns of the files below a folder; refuses (throws) what it cannot read, so that none is left out in silence. */
export const patternsIn = (folder: string): readonly Pattern[] =>
  filesIn(folder).flatMap(({ path, text }) => patternsOf(path, text))

/** The patterns of one file. */
export function patternsOf(path: string, text: string): readonly Pattern[] {
  const nodes = everyNode(parseSync(path, text).program as unknown as Node) // sound: an ESTree is nodes of these members
  const constants = new Map(nodes.flatMap((node) => constantIn(node)))
  return nodes.flatMap((node) => {
    const line = text.slice(0, node.start).split('\n').length
    return patternsAt(node, constants).map((pattern) => ({ where: `${path}:${line}`, pattern }))
  })
}

type Constants = ReadonlyMap<string, Node>

function constantIn({ type, id, init }: Node): readonly (readonly [string, Node])[] {
  if (type !== 'VariableDeclarator' || !isNode(id) || !isNode(init) || typeof id.name !== 'string') return []
  return [[id.name, init]]
}

function patternsAt(node: Node, constants: Constants): readonly RegExp[] {
  const { type, regex, callee, arguments: given } = node
  if (type === 'Literal' && regex !== undefined) return [literal(regex)]
  if ((type !== 'NewExpression' && type !== 'CallExpression') || !isNode(callee)) return []
  const [first, second] = [given].flat().filter(isNode)
  if (nameOf(callee) === 'RegExp' && first !== undefined)
    return first.regex === undefined ? [new RegExp(textOf(first, constants), flagsOf(second, constants))] : []
  if (callee.type !== 'MemberExpression') return []
  const method = nameOf(callee.property)
  if (searching.has(method) && first !== undefined && first.regex === undefined && isText(first))
    return [new RegExp(textOf(first, constants))]
  return /^z\b/.test(rootOf(callee)) ? zodPattern(method) : []
}

/** A string given to these becomes a pattern. */
const searching = new Set(['match', 'matchAll', 'search'])

const literal = (regex: unknown) =>
  new RegExp(String(Reflect.get(Object(regex), 'pattern')), String(Reflect.get(Object(regex), 'flags')))
const nameOf = (node: unknown) => (isNode(node) && typeof node.name === 'string' ? node.name : '')
const isText = ({ type, value }: Node) =>
  type === 'TemplateLiteral' || (type === 'Literal' && typeof value === 'string')
const rootOf = (node: unknown): string =>
  isNode(node) && node.type === 'MemberExpression' ? rootOf(node.object) : nameOf(node)

const flagsOf = (node: Node | undefined, constants: Constants) => (node === undefined ? '' : textOf(node, constants))

/** What a text comes to. What is only known when it runs, such as the name of a FHIR type, is a word here. */
function textOf(node: Node, constants: Constants): string {
  if (node.type === 'Literal') return String(node.value)
  if (node.type === 'TaggedTemplateExpression' && isNode(node.quasi)) return templateOf(node.quasi, constants, true)
  if (node.type === 'TemplateLiteral') return templateOf(node, constants, false)
  if (node.type === 'BinaryExpression' && isNode(node.left) && isNode(node.right))
    return textOf(node.left, constants) + textOf(node.right, constants)
  const constant = constants.get(nameOf(node))
  return constant === undefined || constant === node ? 'Word' : textOf(constant, constants)
}

function templateOf({ quasis, expressions }: Node, constants: Constants, raw: boolean): string {
  const between = [expressions].flat().filter(isNode)
  const texts = [quasis].flat().map((quasi, i) => {
    const next = between[i]
    return quasiOf(quasi, raw) + (next === undefined ? '' : textOf(next, constants))
  })
  return texts.join('')
}

/** Of `String.raw` as it stands there, else with its escapes read. */
function quasiOf(quasi: unknown, raw: boolean): string {
  return String(Reflect.get(Object(Reflect.get(Object(quasi), 'value')), raw ? 'raw' : 'cooked'))
}

/** zod has patterns for these too, for template literals, and asks none of them of a value. */
const plainTypes = new Set(['string', 'number', 'integer', 'bigint', 'boolean', 'null', 'undefined'])

/** The pattern zod brings for a format, such as `datetime`; none where a method is no format. */
function zodPattern(format: string): readonly RegExp[] {
  if (plainTypes.has(format) || !Object.hasOwn(z.core.regexes, format)) return []
  const found: unknown = Reflect.get(z.core.regexes, format)
  const made: unknown = typeof found === 'function' ? found({}) : found
  return made instanceof RegExp ? [made] : []
}
