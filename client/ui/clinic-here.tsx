// Before anybody is signed in: how to reach the clinic whose sign-in this is, where that is known. Who reads it may work there.
import { clinicHere } from '../base/clinic.ts'
import { Emergency } from './emergency.tsx'
import { PhoneLink } from './phone.tsx'
import { clinicNamed } from './words.ts'

export function ClinicHere() {
  const clinic = clinicHere()
  if (clinic === undefined) return null
  return (
    <>
      <PhoneLink phone={clinic.phone} words={clinicNamed(clinic)} />
      <Emergency of={clinic} />
    </>
  )
}
