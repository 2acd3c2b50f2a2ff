// What a clinician is told of while she is at one visit: by sound, title and words, each once.
import type { ClinicianView } from '../../server/wire/wire.ts'
import { heardInCall } from '../call/call-now.ts'
import { arrivalsIn, type Others } from '../day/who-waits.ts'
import { mustBeLet } from '../door/tried.tsx'
import { waitsNow } from '../door/waits.ts'
import { asksAt, useKnockAlert } from '../ui/knock-alert.ts'

/**
 * Tells of who comes to the door, who cannot and asks for the telephone, who tried while it is locked, and who comes to another visit of hers.
 * While a microphone is open, who comes elsewhere is told without a sound.
 */
export function useAlert(view: ClinicianView, others: Others | undefined): void {
  const { id, door, stuck = [], tried = [] } = view
  const waiting = door.filter(waitsNow)
  const byTelephone = stuck.filter((p) => p.hindrance.byTelephone)
  useKnockAlert(
    [
      ...waiting.map((p) => ({ to: id, at: p.knockedAt, name: p.name })),
      ...byTelephone.map((p) => ({
        ...{ to: asksAt(id, 'by-telephone'), at: p.hindrance.since, name: p.name },
        not: 'by-telephone' as const,
      })),
      ...tried
        .filter((p) => mustBeLet(view, p))
        .map((p) => ({ to: asksAt(id, 'locked'), at: p.triedAt, name: p.name, not: 'locked' as const })),
      ...(others === undefined ? [] : arrivalsIn(others, heardInCall.value)),
    ],
    waiting.length + (others?.count ?? 0),
  )
}
