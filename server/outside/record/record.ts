// The record of what happened: the log for operators (pino, allow-listed fields) and the audit trail, opened and closed together.
// Refuses, at run time too, every field, event and word of an error that is not on its lists: a message may hold a name or a token.
import { type DestinationStream, type Logger, pino } from 'pino'
import { z } from 'zod'
import { languages } from '../../domain/ehr/languages.ts'
import { algorithmWords, oauthWords } from '../../domain/oauth-words.ts'
import { type AuditEntry, addressHash, openAudit, requestId } from './audit.ts'
import { lineFile, standardOutput } from './lines.ts'
import type { Trace } from './trace.ts'

export const EventName = z.enum([
  'ready',
  'stopping',
  'request',
  'refusal',
  'fault',
  'call-event',
  'appointment-unread',
  'roles-unread',
  'connections-full',
  'jitsi-script',
  'own-colour',
  'own-text',
  'proxy-untrusted',
  'sweep',
  'webhook',
  'notice',
  'store-fault',
  'audit-fault',
  'audit-head',
  'audit-torn',
])
export type EventName = z.infer<typeof EventName>
const listedEvent = EventName.catch('fault')

const word = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/)
const handle = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/)
const count = z.int().nonnegative()

export const logFields = {
  /** Of a refusal, a fault or an OperationOutcome. */
  code: word,
  /** HTTP. */
  status: z.int().min(100).max(599),
  ms: z
    .number()
    .nonnegative()
    .transform((ms) => Math.round(ms * 10) / 10),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']),
  /** The pattern of routes.ts, never a URL: a segment is a parameter's name or a plain word. */
  route: z.string().regex(/^(\/(:[A-Za-z]{1,24}|[a-z.-]{0,24}))+$/),
  /** What an EHR's sign-in said, from closed lists: an `error` of OAuth's, and the algorithm of an id_token that was refused. */
  oauth: z.enum(oauthWords),
  alg: z.enum(algorithmWords),
  language: z.enum(languages),
  organisation: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  visit: handle,
  count,
  bytes: count,
  /** Which of an organisation's Jitsis: 1 is the first, the others its fallbacks. */
  jitsi: z.int().min(1),
  port: z.int().min(0).max(65_535),
  head: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of the request for which the line is written: `logFor` adds them. */
  requestId,
  addressHash,
} as const

type Fields = typeof logFields
/** What a line of the log may say beside its event. */
export type LogFields = { readonly [Name in keyof Fields]?: z.input<Fields[Name]> | undefined }

export type Log = {
  info(event: EventName, fields?: LogFields): void
  warn(event: EventName, fields?: LogFields): void
  /** Of `cause` the log gets the class, the code and where it happened (file:line), down its chain of causes; never a message. */
  error(event: EventName, fields?: LogFields, cause?: unknown): void
}

export type Recorder = {
  /** Of what a timer began. */
  readonly log: Log
  /** The log of one request: each of its lines says so. */
  logFor(trace: Trace): Log
  /** Refuses (ZodError) what is no entry; rejects when it could not be written: then what it would tell of must not happen. */
  audit(entry: AuditEntry): Promise<void>
  /** Waits for what is being written; the log's last line is the audit trail's head. */
  close(): Promise<void>
}

type Options = {
  readonly level: 'error' | 'warn' | 'info' | 'silent'
  /** A file's path (0600) or a stream that takes lines; standard output unless told. */
  readonly destination?: string | DestinationStream
  readonly auditDirectory: string
  /** The clock: a FHIR instant. */
  readonly now: () => string
}

/** Opens the log and the audit trail, which goes on where it ended. Refuses an audit directory that holds something else. */
export async function openRecord({ level, destination, auditDirectory, now }: Options): Promise<Recorder> {
  const own = typeof destination === 'string' ? lineFile(destination) : undefined
  const logger = loggerTo(own ?? (destination as DestinationStream | undefined) ?? standardOutput(), level, now)
  const log = logOf(logger, undefined)
  const audit = await openAudit(auditDirectory, now)
  const sayHead = () => log.info('audit-head', { count: audit.head().seq, head: audit.head().hash })
  if (audit.torn > 0) log.warn('audit-torn', { bytes: audit.torn })
  sayHead()
  return {
    log,
    logFor: (trace) => logOf(logger, trace),
    audit: (entry) => audit.write(entry),
    async close() {
      await audit.close()
      sayHead()
      own?.end()
    },
  }
}

function loggerTo(stream: DestinationStream, level: Options['level'], now: () => string): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"at":"${now()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream,
  )
}

function logOf(logger: Logger, trace: Trace | undefined): Log {
  const line = (event: EventName, given: LogFields = {}) => ({
    event: listedEvent.parse(event),
    ...allowed(given),
    // Made by us for this request, and so not looked at again.
    ...trace,
  })
  return {
    info: (event, given) => logger.info(line(event, given)),
    warn: (event, given) => logger.warn(line(event, given)),
    error: (event, given, cause) =>
      logger.error({ ...line(event, given), ...(cause === undefined ? {} : { fault: faultOf(cause) }) }),
  }
}

function allowed(given: LogFields): { [name: string]: unknown } {
  const kept: { [name: string]: unknown } = {}
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || !isField(name)) continue
    const read = logFields[name].safeParse(value)
    if (read.success) kept[name] = read.data
  }
  return kept
}

const isField = (name: string): name is keyof Fields => Object.hasOwn(logFields, name)

type Fault = {
  readonly name: string
  readonly code?: string
  readonly frames: readonly string[]
  readonly cause?: Fault
}

const FaultName = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,63}$/)
const FaultCode = z.union([z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/), z.int().transform(String)])

function faultOf(cause: unknown, depth = 0): Fault {
  if (!(cause instanceof Error)) return { name: typeof cause, frames: [] }
  const name = FaultName.safeParse(cause.name)
  const code = FaultCode.safeParse((cause as { code?: unknown }).code)
  return {
    name: name.success ? name.data : 'Error',
    ...(code.success ? { code: code.data } : {}),
    frames: framesOf(cause),
    ...(cause.cause !== undefined && depth < 4 ? { cause: faultOf(cause.cause, depth + 1) } : {}),
  }
}

/** Places alone, as `folder/file.ts:12`. The message stands at the stack's head and may have lines of its own: it is cut away first. */
function framesOf({ stack = '', message }: Error): readonly string[] {
  const head = message === '' ? -1 : stack.indexOf(message)
  const places = head < 0 ? stack : stack.slice(head + message.length)
  return places.split('\n').flatMap((line) => placeOf(line) ?? [])
}

/** In characters: a longer line is no place, but somebody's text that looks like one. */
const longestPlace = 1_000

/** Of a line of a stack such as `    at step (file:///app/dist/server/steps/end.js:12:7)`. */
function placeOf(line: string): string | undefined {
  if (line.length > longestPlace || !line.startsWith('    at ')) return undefined
  const end = /:(\d{1,9}):\d{1,9}\)?$/.exec(line)
  const file = line.slice(0, end?.index).split(/[ (]/).at(-1) ?? ''
  const short = file.startsWith('node:') ? file : file.split('/').slice(-3).filter(Boolean).join('/')
  const isPlace = /^(?:node:[\w/]+|[\w@.+/-]+\.[cm]?[jt]sx?)$/.test(short)
  return end !== null && isPlace ? `${short}:${end[1]}` : undefined
}
