// What a clinician is told of while she is at one visit: by sound, title and words, each once.
import type { ClinicianView } from '../../server/wire/wire.ts'
import { heardInCall } from '../call/call-now.ts'
import { arrivalsIn, inAll, type Others } from '../day/who-waits.ts'
import { toBeRung } from '../door/stuck.tsx'
import { mustBeLet, shutOut } from '../door/tried.tsx'
import { waitsNow } from '../door/waits.ts'
import { asksAt, type Comer, useKnockAlert } from '../ui/knock-alert.ts'

/**
 * Tells of who comes to the door, who cannot and asks for the telephone, who tried while it is locked, and who comes to another visit of hers.
 * While a microphone is open, who comes elsewhere is told without a sound.
 */
export function useAlert(view: ClinicianView, others: Others | undefined): void {
  useKnockAlert(
    [...comersTo(view), ...(others === undefined ? [] : arrivalsIn(others, heardInCall.value))],
    numberOf(view, others),
  )
}

/** Who comes to the visit that is shown. Whom she has sent back herself is no news to her. */
export function comersTo(view: ClinicianView): readonly Comer[] {
  const { id, door, tried = [] } = view
  const came = door.filter((p) => waitsNow(p) && p.sentBackAt === undefined)
  return [
    ...came.map(({ knockedAt: at, name, identity }) =>
      identity?.is === 'denied' ? { to: id, at, another: true as const } : { to: id, at, name },
    ),
    ...toBeRung(view).map((p) => ({
      ...{ to: asksAt(id, 'by-telephone'), at: p.hindrance.since, name: p.name },
      not: 'by-telephone' as const,
    })),
    ...tried
      .filter((p) => mustBeLet(view, p))
      .map((p) => ({ to: asksAt(id, 'locked'), at: p.triedAt, name: p.name, not: 'locked' as const })),
  ]
}

/** How many wait here and elsewhere, or ask for something. */
export const numberOf = (view: ClinicianView, others: Others | undefined): number =>
  view.door.filter(waitsNow).length + toBeRung(view).length + shutOut(view) + (others === undefined ? 0 : inAll(others))
