// Settings files for a test, in a folder that goes with it; and the issuer that they list.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { ConfigProblem, readConfig } from '../../server/settings/config.ts'

/** Answers how to write one: text as it is, anything else as JSON; called once in a test file. */
export function settingsFiles(): (content: unknown) => string {
  const folder = mkdtempSync(join(tmpdir(), 'housecall-config-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  let files = 0
  return (content) => {
    const path = join(folder, `${files++}.json`)
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
    return path
  }
}

export const issuer = {
  name: 'ehr',
  iss: 'https://ehr.example/fhir',
  title: 'Record',
  clientId: 'housecall',
  client: 'public',
}

export type Env = Readonly<Record<string, string | undefined>>

/** What is said to be wrong with these settings, a sentence each. */
export function problemsIn(env: Env): readonly string[] {
  try {
    readConfig(env)
    return []
  } catch (cause) {
    if (!(cause instanceof ConfigProblem)) throw cause
    return cause.problems
  }
}
