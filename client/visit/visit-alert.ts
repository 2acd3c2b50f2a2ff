// What a clinician is told of while she is at one visit: by sound, title and words, each once.
import type { ClinicianView } from '../../server/wire/wire.ts'
import { heardInCall } from '../call/call-now.ts'
import { arrivalsIn, inAll, type Others } from '../day/who-waits.ts'
import { toBeSeenTo } from '../door/chip.tsx'
import { toBeRung } from '../door/stuck.tsx'
import { mustBeLet } from '../door/tried.tsx'
import { waitsNow } from '../door/waits.ts'
import { asking, atDoor, type Comer, useKnockAlert } from '../ui/knock-alert.ts'

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
    ...came.map(({ knockedAt, name, identity }) => atDoor(id, knockedAt, name, identity?.is === 'denied')),
    ...toBeRung(view).map((p) => asking(id, 'by-telephone', p.hindrance.since, p.name)),
    ...tried.filter((p) => mustBeLet(view, p)).map((p) => asking(id, 'locked', p.triedAt, p.name)),
  ]
}

/** How many wait here and elsewhere, or ask for something. */
export function numberOf(view: ClinicianView, others: Others | undefined): number {
  const { waiting, asks, tried } = toBeSeenTo(view)
  return waiting + asks + tried + (others === undefined ? 0 : inAll(others))
}
