// An interpreter and whom they speak for: each is missed beside the other at the door, and only where somebody interprets.
import { expect, test } from 'vitest'
import { missingBeside } from '../../client/door/speaks-for.ts'
import type { ClinicianView, DoorPerson } from '../../server/wire/wire.ts'

type Part = Pick<DoorPerson, 'as' | 'state' | 'here'>
const someone = (as: DoorPerson['as'], state: DoorPerson['state'] = 'waiting', here = true): Part => ({
  as,
  state,
  here,
})
const viewOf = (door: readonly Part[], more: object = {}) =>
  ({ door, patient: { name: 'Rosa Marquez' }, ...more }) as unknown as ClinicianView // sound: all that is looked at
const asked = { patient: { name: 'Rosa Marquez', interpreter: { language: 'Spanish' } } }
const invited = (state: string) => ({ invited: [{ as: 'interpreter', state }] })
const [patient, interpreter] = [someone('patient'), someone('interpreter')]

test('an interpreter is missed beside a patient whose chart asks for one, and beside one for whom one is invited', () => {
  expect(missingBeside(patient, viewOf([patient], asked))).toBe('interpreter')
  expect(missingBeside(patient, viewOf([patient], invited('sent')))).toBe('interpreter')
  expect(missingBeside(someone('representative'), viewOf([patient], invited('opened')))).toBe('interpreter')
})

test('nobody is missed where nobody interprets, or where whoever was to has been taken back', () => {
  expect(missingBeside(patient, viewOf([patient]))).toBeUndefined()
  for (const state of ['revoked', 'expired'])
    expect(missingBeside(patient, viewOf([patient], invited(state)))).toBeUndefined()
  expect(missingBeside(someone('guest'), viewOf([someone('guest')], asked))).toBeUndefined()
})

test('an interpreter who waits is there, one in the call is, and one whose page is closed is not', () => {
  const with_ = (one: Part) => missingBeside(patient, viewOf([patient, one], asked))

  expect([with_(interpreter), with_(someone('interpreter', 'admitted'))]).toEqual([undefined, undefined])
  expect([with_(someone('interpreter', 'waiting', false)), with_(someone('interpreter', 'declined'))]).toEqual([
    'interpreter',
    'interpreter',
  ])
})

test('the patient is missed beside an interpreter who waits alone, and not once somebody of their side is there', () => {
  expect(missingBeside(interpreter, viewOf([interpreter]))).toBe('patient')
  expect(missingBeside(interpreter, viewOf([interpreter, someone('patient', 'waiting', false)]))).toBe('patient')
  for (const one of [patient, someone('representative', 'admitted')])
    expect(missingBeside(interpreter, viewOf([interpreter, one]))).toBeUndefined()
})

test('nobody is missed beside who is in the call already', () => {
  expect(missingBeside(someone('patient', 'admitted'), viewOf([patient], asked))).toBeUndefined()
})
