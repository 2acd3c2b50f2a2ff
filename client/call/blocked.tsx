// No picture and no sound although somebody is there: when that is so, that it is said on both sides, and what to try.
// It goes by itself when something comes through.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { InCall, Me } from '../../server/wire/wire.ts'
import { announce } from '../ui/announce.ts'
import { Emergency } from '../ui/emergency.tsx'
import { PhoneLink } from '../ui/phone.tsx'
import { blockedWords } from './blocked-words.ts'
import { type Blocked, blockedAt, type Media, mediaAfter } from './media.ts'
import type { People } from './people.ts'
import { isSame } from './same-person.ts'

type MediaWatching = {
  readonly joined: boolean
  readonly people: People
  readonly others: readonly InCall[]
  /** Set for the beats to read, which tell the others; that nothing comes through, and no more so, is told at once. */
  readonly mediaAt: { current: Media['at'] }
  beat(): unknown
}

/** What `useMedia` sets, made before it: the beats that read it come first. */
export const useMediaAt = () => useRef<Media['at']>('alone')

const againMs = 1_000

/** A person is there whose page says so, or who is shown and whose page says nothing. */
export function useMedia({ joined, people: { inside }, others, mediaAt, beat }: MediaWatching) {
  const [by, setBy] = useState({ direct: false, bridge: false })
  const [media, setMedia] = useState<Media>({ at: 'alone' })
  const present = inside.map((one) => others.find((person) => isSame(one, person)))
  const signs = { connected: by.direct || by.bridge, company: joined && present.some((p) => (p?.at ?? 'in') === 'in') }
  const look = () => setMedia((before) => mediaAfter(before, { ...signs, now: Date.now() }))
  useEffect(() => {
    look()
    if (signs.connected || !signs.company) return
    const again = setInterval(look, againMs)
    return () => clearInterval(again)
  }, [signs.connected, signs.company])
  useEffect(() => {
    const isNews = (mediaAt.current === 'blocked') !== (media.at === 'blocked')
    mediaAt.current = media.at
    if (isNews) beat()
  }, [media.at])
  const theirs = present.some((person) => person?.at === 'in' && person.mediaBlocked === true)
  return {
    blocked: blockedAt(media, theirs),
    connected: (which: keyof typeof by, on: boolean) => setBy((all) => ({ ...all, [which]: on })),
  }
}

/** Somebody who can be rung, and the number. */
export type Reachable = { readonly name: string; readonly phone: string }

type NothingThroughProps = {
  readonly me: Me
  readonly blocked: Blocked
  /** Whom a clinician rings; a patient rings the clinic. */
  readonly reachable: readonly Reachable[]
  onReconnect(): void
}

export function NothingThrough({ me, blocked, reachable, onReconnect }: NothingThroughProps) {
  const todo = blockedWords.todo[me.role === 'clinician' ? 'clinician' : 'patient'][blocked]
  useEffect(() => announce(`${blockedWords.what} ${todo}`), [blocked])
  return (
    <div class="blocked">
      <p>
        <strong>{blockedWords.what}</strong>
      </p>
      <div class="actions">
        {blocked === 'unknown' && (
          <button type="button" onClick={onReconnect}>
            {blockedWords.reconnect}
          </button>
        )}
        <Numbers me={me} reachable={reachable} />
      </div>
      <p>{todo}</p>
      {me.role !== 'clinician' && <Emergency of={me.organisation} />}
    </div>
  )
}

function Numbers({ me, reachable }: Pick<NothingThroughProps, 'me' | 'reachable'>) {
  const { phone } = me.organisation
  if (me.role !== 'clinician') return <PhoneLink phone={phone} words={blockedWords.call(phone)} />
  if (reachable.length === 0) return <p>{blockedWords.byTelephone}</p>
  return (
    <>
      {reachable.map((one) => (
        <PhoneLink key={one.phone} phone={one.phone} words={blockedWords.callNamed(one.name, one.phone)} />
      ))}
    </>
  )
}
