// What a process keeps in memory, after its garbage was collected through Node's inspector. Start it with `inspected`.
// Refuses a process that opened no inspector.
import { readFile } from 'node:fs/promises'
import { WebSocket } from 'ws'

export const inspected = ['--inspect=127.0.0.1:0']

/** Resident bytes of the process `pid`, whose inspector's address stands in the log at `path`. */
export async function residentBytes(pid: number, path: string): Promise<number> {
  const url = /ws:\/\/127\.0\.0\.1:\d+\/[0-9a-f-]+/.exec(await readFile(path, 'utf8'))?.[0]
  if (url === undefined) throw new Error('the app opened no inspector')
  const socket = new WebSocket(url)
  await new Promise((done, fail) => socket.once('open', done).once('error', fail))
  for (const id of [1, 2, 3]) {
    const answered = new Promise((done) => socket.once('message', done))
    socket.send(JSON.stringify({ id, method: 'HeapProfiler.collectGarbage' }))
    await answered
  }
  socket.close()
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]
  if (resident === undefined) throw new Error('this system does not tell what a process keeps in memory')
  return Number(resident) * 1024
}
