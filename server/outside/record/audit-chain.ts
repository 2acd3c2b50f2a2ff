// The chain the audit trail hangs on: each line ends with the SHA-256 of the hash before it and of its own text.
// Repairs nothing but a half-written end: it says where the chain is broken.
import { hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { FolderProblem } from '../store/folder-problem.ts'

/** The trail's end: its last line's number and hash. */
export type Head = { readonly seq: number; readonly hash: string }

const beginning: Head = { seq: 0, hash: '0'.repeat(64) }
// A line is under two thousand bytes.
const tailBytes = 65_536

export const books = async (directory: string) =>
  (await readdir(directory)).filter((name) => /^audit-\d{4}-\d{2}\.jsonl$/.test(name)).sort()

export const chained = (before: string, body: string) => hash('sha256', before + body)

/** Where the trail ended, and how many bytes of a half-written line were cut off there. */
export async function resumed(directory: string): Promise<{ head: Head; torn: number }> {
  let torn = 0
  for (const name of (await books(directory)).reverse()) {
    const file = await open(join(directory, name), 'r+')
    try {
      const { size } = await file.stat()
      const tail = Buffer.alloc(Math.min(size, tailBytes))
      await file.read(tail, 0, tail.length, size - tail.length)
      const end = tail.lastIndexOf('\n') + 1
      if (end === 0 && size > tail.length) throw new FolderProblem(`${name} is not an audit trail`)
      if (end < tail.length) await file.truncate(size - tail.length + end)
      torn += tail.length - end
      const last = tail.subarray(0, end).toString().trimEnd().split('\n').at(-1)
      // A last line that was tampered with starts a new chain: the check reports it either way.
      if (last) return { head: readLine(last) ?? beginning, torn }
    } finally {
      await file.close()
    }
  }
  return { head: beginning, torn }
}

function readLine(line: string): (Head & { readonly body: string }) | undefined {
  const [, body, hash] = /^(\{.*),"hash":"([0-9a-f]{64})"\}$/.exec(line) ?? []
  if (body === undefined || hash === undefined) return undefined
  const seq = /^\{"seq":(\d{1,15}),/.exec(body)?.[1]
  return seq === undefined ? undefined : { seq: Number(seq), hash, body: `${body}}` }
}

export type ChainCheck = {
  readonly lines: number
  readonly from: number
  readonly intact: boolean
  readonly brokenAt?: string
}

/**
 * Follows the chain over every month kept. `from` is the first line's number (above 1 once old months were removed, which is allowed);
 * `brokenAt` is `file:line` of the first line that was altered, inserted, or follows a removed one. A line still being written is no fault.
 */
export async function verifyAudit(directory: string): Promise<ChainCheck> {
  let head: Head | undefined
  let lines = 0
  let from = 0
  for (const name of await books(directory)) {
    let number = 0
    for await (const line of finishedLines(join(directory, name))) {
      number += 1
      const read = readLine(line)
      const before: Head | undefined = head ?? (read?.seq === 1 ? beginning : undefined)
      const follows =
        read && (!before || (read.seq === before.seq + 1 && read.hash === chained(before.hash, read.body)))
      if (!follows) return { lines, from, intact: false, brokenAt: `${name}:${number}` }
      from ||= read.seq
      head = read
      lines += 1
    }
  }
  return { lines, from, intact: true }
}

async function* finishedLines(path: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(path, 'utf8')) {
    const parts = `${rest}${chunk}`.split('\n')
    rest = parts.pop() ?? ''
    yield* parts
  }
}
