// What happened, written down by one way into the trail, and told to the outside from there: put together once, for the house.
import { join } from 'node:path'
import type { Instant } from '../domain/ids.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import type { Memory } from '../outside/memory/memory.ts'
import type { Recorder } from '../outside/record/record.ts'
import { openTrailReader } from '../outside/record/trail-reader.ts'
import type { Shelf, Store } from '../outside/store/store.ts'
import { deliver } from '../outside/webhook/deliver.ts'
import type { Config } from '../settings/config.ts'
import { byMail } from './notice-mail.ts'
import { type Notices, openNotices } from './notices.ts'
import { countRepeated, type RepeatedRefusals } from './repeated-refusals.ts'
import { type Happened, openTrail } from './trail.ts'
import { openWebhooks, type Webhooks } from './webhooks.ts'

type Parts = {
  readonly config: Config
  readonly store: Store
  readonly record: Recorder
  readonly visits: Shelf<Visit>
  readonly memory: Pick<Memory, 'openPages'>
  readonly now: () => Instant
  readonly every: (ms: number, act: () => void) => () => void
}

type WrittenDown = {
  readonly notices: Notices
  readonly happened: Happened
  readonly sumUpRefusals: RepeatedRefusals['sumUp']
  readonly webhooks: Webhooks
}

export function openWrittenDown({ record, ...parts }: Parts): WrittenDown {
  const refusals = countRepeated((entry) => record.audit(entry).then(stir), parts.now)
  const happened = openTrail(refusals.write)
  const trail = openTrailReader(join(parts.config.data, 'audit'))
  const webhooks = openWebhooks({ ...parts, trail, happened, log: record.log, deliver })
  const { organisations } = parts.config
  const notices = openNotices({
    ...{
      ...parts,
      ...parts.memory,
      organisations,
      trail,
      happened,
      log: record.log,
      send: { mail: byMail(parts.config) },
    },
  })
  const stir = () => {
    webhooks.stir()
    notices.stir()
  }
  return { happened, sumUpRefusals: refusals.sumUp, webhooks, notices }
}
