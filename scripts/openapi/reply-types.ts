// Reads the types of our replies with TypeScript's own checker and says them as JSON Schema (2020-12): no shape is written down twice.
// A type with a name becomes a schema with that name, its comments become descriptions. Refuses (throws) a type that no JSON has.
import { resolve } from 'node:path'
import { API, type Checker, type Project, SymbolFlags, type Type, TypeFlags } from 'typescript/unstable/sync'

export type Schema = { readonly [member: string]: unknown }
/** What a step gives: the schema of its body, if any, and whether that has a number (ETag), or a file in its place. */
export type Given = {
  readonly body?: Schema
  readonly numbered: boolean
  readonly file: boolean
  readonly says: string
}

export type ReplyTypes = {
  /** The exported function of this name in `server/steps`. `takesVersion`: it looks at If-Match. */
  step(name: string): Given & { readonly takesVersion: boolean }
  /** An exported type of a file. */
  type(file: string, name: string): Schema
  /** All that were named on the way, by name. */
  readonly named: ReadonlyMap<string, Schema>
  close(): void
}

export function openReplyTypes(): ReplyTypes {
  const api = new API({ cwd: process.cwd() })
  const config = resolve('tsconfig.build.json')
  const project = api.updateSnapshot({ openProjects: [config] }).getProject(config)
  if (project === undefined) throw new Error(`${config} cannot be opened`)
  const writer = schemas(project.checker)
  const steps = exportsIn(project, (file) => file.includes('/server/steps/'))
  return {
    step(name) {
      const { checker } = project
      const symbol = steps.get(name)
      const [signature] = checker.getSignaturesOfType(must(symbol && checker.getTypeOfSymbol(symbol), name), 0)
      const promise = must(signature && checker.getReturnTypeOfSignature(signature), name)
      const [reply] = promise.isTypeReference() ? checker.getTypeArguments(promise) : []
      const member = (called: string) => checker.getPropertyOfType(must(reply, name), called)
      const body = member('body')
      return {
        ...(body === undefined ? {} : { body: writer.of(must(checker.getTypeOfSymbol(body), name)) }),
        numbered: member('etag') !== undefined,
        file: member('file') !== undefined,
        says: sentence(must(symbol, name).getDocumentationComment(checker)),
        takesVersion: must(signature, name).getParameters().length > 3,
      }
    },
    type(file, name) {
      const symbol = exportsIn(project, (path) => path.endsWith(`/${file}`)).get(name)
      return writer.of(project.checker.getDeclaredTypeOfSymbol(must(symbol, name)))
    },
    named: writer.named,
    close: () => api.close(),
  }
}

function exportsIn({ program, checker }: Project, wanted: (file: string) => boolean) {
  const files = program.getSourceFileNames().filter(wanted)
  const modules = files.flatMap((file) => program.getSourceFile(file) ?? [])
  const symbols = modules.flatMap((module) => checker.getSymbolAtLocation(module) ?? [])
  return new Map(symbols.flatMap((symbol) => checker.getExportsOfModule(symbol)).map((one) => [one.name, one]))
}

/** A comment's lines as one. */
const sentence = (comment: string) => comment.replaceAll(/\s+/g, ' ').trim()
const described = (schema: Schema, comment: string): Schema =>
  sentence(comment) === '' ? schema : { ...schema, description: sentence(comment) }

function must<T>(found: T | undefined, name: string): T {
  if (found === undefined) throw new Error(`${name}: there is no such thing, or no type of it`)
  return found
}

/** By the name of its brand, what else is known of such a text. */
const brands: Readonly<Record<string, Schema>> = { Instant: { format: 'date-time' }, Iss: { format: 'uri' } }

type Writer = {
  readonly checker: Checker
  readonly named: Map<string, Schema>
  of(type: Type): Schema
}

function schemas(checker: Checker): Writer {
  const named = new Map<string, Schema>()
  const writer: Writer = {
    ...{ checker, named },
    of(type) {
      const alias = type.getAliasSymbol()
      const name = alias?.name
      if (name === undefined || type.getAliasTypeArguments().length > 0 || !isWorthAName(type))
        return shapeOf(writer, type)
      if (!named.has(name)) {
        named.set(name, {}) // found again below it, it is not begun again
        named.set(name, described(shapeOf(writer, type), alias?.getDocumentationComment(checker) ?? ''))
      }
      return { $ref: `#/components/schemas/${name}` }
    },
  }
  return writer
}

function shapeOf(writer: Writer, type: Type): Schema {
  const { checker, of } = writer
  const simple = simpleOf(type)
  if (simple !== undefined) return simple
  if (type.isUnionType())
    return unionOf(
      writer,
      type.getTypes().filter(({ flags }) => !(flags & TypeFlags.Undefined)),
    )
  if (checker.isArrayType(type) && type.isTypeReference())
    return { type: 'array', items: of(must(checker.getTypeArguments(type)[0], 'an array')) }
  return objectOf(writer, type)
}

function unionOf({ of }: Writer, types: readonly Type[]): Schema {
  const [only] = types
  if (only !== undefined && types.length === 1) return of(only)
  if (types.every((one) => one.isStringLiteralType()))
    return { type: 'string', enum: types.map((one) => (one.isStringLiteralType() ? one.value : '')).toSorted() }
  return { anyOf: types.map(of) }
}

function objectOf({ checker, of }: Writer, type: Type): Schema {
  const [indexed] = checker.getIndexInfosOfType(type)
  const members = checker.getPropertiesOfType(type)
  if (indexed === undefined && members.length === 0 && !(type.flags & TypeFlags.Object)) throw noJson(checker, type)
  const properties = members.map((member) => {
    const its = must(checker.getTypeOfSymbol(member), member.name)
    const optional = (member.flags & SymbolFlags.Optional) !== 0
    // Without what is not there: the rest has its name again.
    const schema = of(optional ? (checker.getNonNullableType(its) ?? its) : its)
    return { name: member.name, optional, schema: described(schema, member.getDocumentationComment(checker)) }
  })
  const required = properties.flatMap(({ name, optional }) => (optional ? [] : [name]))
  return {
    type: 'object',
    ...(members.length > 0 && { properties: Object.fromEntries(properties.map(({ name, schema }) => [name, schema])) }),
    ...(required.length > 0 && { required }),
    ...(indexed !== undefined && { additionalProperties: of(indexed.valueType) }),
  }
}

/** An object, a choice of objects, or a choice of words. A brand alone says little: it stands where it is used. */
function isWorthAName(type: Type): boolean {
  if (simpleOf(type) !== undefined) return false
  return type.isUnionType() || type.isIntersectionType() || (type.flags & TypeFlags.Object) !== 0
}

function simpleOf(type: Type): Schema | undefined {
  const { flags } = type
  if (flags & TypeFlags.String) return { type: 'string' }
  if (flags & TypeFlags.Number) return { type: 'number' }
  if (flags & TypeFlags.Boolean) return { type: 'boolean' }
  if (type.isLiteralType()) return { const: type.value }
  if (type.isTemplateLiteralType()) return { type: 'string', pattern: patternOf(type.texts) }
  // A branded text.
  if (type.isIntersectionType() && type.getTypes().some((part) => part.flags & TypeFlags.String))
    return { type: 'string', ...brands[type.getAliasSymbol()?.name ?? ''] }
  return undefined
}

const patternOf = (texts: readonly string[]) =>
  `^${texts.map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`

const noJson = (checker: Checker, type: Type) => new Error(`no JSON has the type ${checker.typeToString(type)}`)
