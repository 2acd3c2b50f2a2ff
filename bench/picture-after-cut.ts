// From the return of the patient's network after five seconds without it to the next frame of the other person's video decoded in each page.
// Refuses a cut that did not stop the picture, and a page that opened the room anew for so short a cut: those are other stories.
import { buildWhenStale } from '../sandbox/built.ts'
import { type Bench, say, spread } from './figures.ts'
import { callSettled, type Meeting, meet, openClinic, type Someone } from './meeting.ts'
import { openWay, type Way } from './way.ts'

const cuts = 20
const cutMs = 5_000
/** For what was under way when it was cut. */
const lastMs = 1_000

export const pictureAfterCut: Bench = async () => {
  await buildWhenStale(say)
  const clinic = await openClinic()
  const arranged = (number: number): Promise<Cuttable> => {
    const coming = openWay().then(async (way) => ({
      way,
      meeting: await meet(clinic, number, { way, whose: 'patient' }),
    }))
    // Waited for later: until then a failure is nobody's.
    coming.catch(() => undefined)
    return coming
  }
  try {
    const measured: Back[] = []
    let next = arranged(0)
    for (let number = 0; number < cuts; number++) {
      const one = await next
      await callSettled(one.meeting)
      one.way.cut()
      // The next two come to the door meanwhile; each visit has a way of its own.
      if (number + 1 < cuts) next = arranged(number + 1)
      measured.push(await back(one))
      await one.meeting.close()
      one.way.close()
      if (number % 5 === 4) say(`${number + 1} cuts`)
    }
    return (['patient', 'clinician'] as const).map((page) => ({
      ...{ bench: 'picture-after-cut', page, unit: 'ms' },
      ...spread(measured.map((one) => one[page])),
    }))
  } finally {
    await clinic.close()
  }
}

type Cuttable = { readonly way: Way; readonly meeting: Meeting }
/** Milliseconds. */
type Back = { readonly patient: number; readonly clinician: number }

/** Mends the cut after its time, and waits for the pictures. */
async function back({ way, meeting: { clinician, patient } }: Cuttable): Promise<Back> {
  await clinician.page.waitForTimeout(cutMs)
  if (way.lost() === 0) throw new Error('the call does not go by the relay')
  way.mend()
  const mended = performance.timeOrigin + performance.now()
  const [patientMs, clinicianMs] = await Promise.all([until(patient, mended), until(clinician, mended)])
  return { patient: patientMs, clinician: clinicianMs }
}

async function until({ watched }: Someone, mended: number): Promise<number> {
  const { at, quietMs } = await watched.when('picture', mended)
  if (at - quietMs > mended - cutMs + lastMs) throw new Error('there was a picture in the cut')
  if (watched.all.filter(({ what }) => what === 'room-page').length > 1) throw new Error('the room was opened anew')
  return at - mended
}
