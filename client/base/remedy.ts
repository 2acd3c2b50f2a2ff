// The shape of a remedy, and the sentences several of them share.

export type Action = 'retry' | 'reopen' | 'call' | 'list' | 'sign-in'
export type Remedy = {
  readonly title: string
  readonly says: string
  /** What to do; where it differs, for the patient's side, for the clinician's, and for who is not known yet. */
  readonly todo: string | { readonly patient: string; readonly clinician: string; readonly either?: string }
  readonly action: Action
  /** What to read out on the telephone. */
  readonly support: string
}

export const r = (support: string, action: Action, title: string, says: string, todo: Remedy['todo']): Remedy => ({
  title,
  says,
  todo,
  action,
  support,
})

export const reopen = {
  patient: 'Open the visit again from your portal.',
  clinician: 'Open the visit again from the chart.',
  either: 'Open the visit again from where you opened it.',
}
export const callUs = 'Call the clinic. They can help you.'
export const askAdmin = {
  patient: callUs,
  clinician: 'Tell the people who look after your health record system, with the code below.',
}
export const tryAgain = 'Wait a moment, then try again.'
