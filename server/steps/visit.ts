// One visit as its caller may see it, and its end. Refuses nothing beyond the guard, except ending what never began.
import { finished } from '../domain/visit.ts'
import { awake, doer, isLive, type Party } from '../guards.ts'
import type { House } from '../house.ts'
import { clinicianView, patientView } from '../views.ts'
import type { Reply } from './step.ts'

export async function look(house: House, caller: Party): Promise<Reply> {
  const { launch, organisation, visit } = isLive(caller) ? await awake(house, caller) : caller
  house.presence.seen(visit.id, launch.fhirUser, house.now())
  const body =
    launch.role === 'clinician' ? clinicianView(house, visit) : patientView(house, organisation, visit, launch.fhirUser)
  return { body, etag: visit.revision }
}

/** Closes the room for everyone: no more tokens, and every page is told. Ending twice changes nothing. */
export async function end(house: House, caller: Party): Promise<Reply> {
  const visit = await house.changeVisit(caller.visit.id, (v) =>
    finished(v, caller.organisation.joinWindow, house.now()),
  )
  house.presence.forget(visit.id)
  await house.record.audit({ event: 'visit-ended', outcome: 'success', visit: visit.id, ...doer(caller) })
  return { body: clinicianView(house, visit), etag: visit.revision }
}
