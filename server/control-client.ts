// How our own commands ask the running app, over its socket in the folder of data, and how they print what it says.
// Refuses (`Stop`, for the person at the keyboard) where no app runs there, or the folder is not open to them.
import { request } from 'node:http'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { z } from 'zod'
import { type Config, ConfigProblem, dataFolder, type Organisation, readConfig } from './settings/config.ts'
import { controlSocket } from './settings/control-socket.ts'

/** What was typed makes no sense, or nobody answers; the message is for the person at the keyboard. */
export class Stop extends Error {
  readonly exit: number
  constructor(message: string, { exit = 2, ...options }: ErrorOptions & { exit?: number } = {}) {
    super(message, options)
    this.exit = exit
  }
}

/** Runs a command to its end: what it refuses is said, and is its exit code. */
export async function asCommand(run: () => Promise<void>): Promise<void> {
  await run().catch((cause: unknown) => {
    if (!(cause instanceof Stop)) throw cause
    console.error(cause.message)
    process.exitCode = cause.exit
  })
}

/** What was typed after the command's name. */
export function typed<const Options extends NonNullable<ParseArgsConfig['options']>>(options: Options, usage: string) {
  try {
    return parseArgs({ options, allowPositionals: true })
  } catch (cause) {
    throw new Stop(`Usage: ${usage}`, { cause })
  }
}

/** Adds a file's lines to the environment, where one is named. */
export function loadEnvironment(file: string | undefined, usage: string): void {
  try {
    if (file !== undefined) process.loadEnvFile(file)
  } catch (cause) {
    throw new Stop(`There is no file ${file} that can be read.\nUsage: ${usage}`, { cause })
  }
}

/** By its id, as the settings have it; refuses settings that are wrong, in their own words. */
export function organisationIn(id: string): { readonly config: Config; readonly organisation: Organisation } {
  try {
    const config = readConfig()
    const organisation = config.organisations.find((one) => one.id === id)
    if (organisation !== undefined) return { config, organisation }
    throw new Stop(
      `The settings have no organisation "${id}", but: ${config.organisations.map((o) => o.id).join(', ')}.`,
    )
  } catch (cause) {
    if (!(cause instanceof ConfigProblem)) throw cause
    throw new Stop(['The settings are to be mended first:', ...cause.problems.map((p) => `  - ${p}`)].join('\n'), {
      exit: 78, // EX_CONFIG
      cause,
    })
  }
}

export function socketOf(envFile: string | undefined, usage: string): string {
  loadEnvironment(envFile, usage)
  const folder = dataFolder()
  if (folder === undefined) throw new Stop(`HOUSECALL_DATA is not set.\nUsage: ${usage}`)
  return controlSocket(folder)
}

type Asked<T> = {
  readonly path: string
  readonly schema: z.ZodType<T>
  readonly body?: object
  readonly nobody: string
}

/** `nobody`: what to do where no app runs. With a body it is a POST. */
export function askApp<T>(socketPath: string, { path, schema, body, nobody }: Asked<T>): Promise<T> {
  return new Promise((done, fail) => {
    const method = body === undefined ? 'GET' : 'POST'
    const asking = request({ socketPath, method, path }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      response.on('end', () => {
        if (response.statusCode === 200) return done(schema.parse(JSON.parse(text)))
        fail(new Stop(`The app did not do that: it answered ${response.statusCode}. Its log says more.`, { exit: 1 }))
      })
    })
    asking.on('error', ({ code }: NodeJS.ErrnoException) => fail(new Stop(unanswered(code, nobody), { exit: 69 })))
    asking.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

const unanswered = (code: string | undefined, nobody: string) =>
  code === 'EACCES'
    ? 'The folder of data is not open to you: run this as the user the app runs as.'
    : `No app runs over this folder of data. ${nobody}`

/** Rows under their heads, each column as wide as its widest cell. */
export function printColumns(heads: readonly string[], rows: readonly (readonly string[])[]): void {
  const lines = [heads, ...rows]
  const widths = heads.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)))
  for (const line of lines)
    console.log(
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}
