// What the clinic tells its patients to do in an emergency, in its own words: wherever they wait, and wherever something does not work.
import type { Clinic } from '../base/clinic.ts'

export const Emergency = ({ of }: { of: Pick<Clinic, 'emergency'> }) =>
  of.emergency === undefined ? null : <p class="emergency">{of.emergency}</p>
