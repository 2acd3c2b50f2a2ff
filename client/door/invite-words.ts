// What a clinician reads who invites somebody by a link: what is asked, what is to be given on, and how far each has come.
import type { InvitedPerson, InvitedRole, Language } from '../../server/wire/wire.ts'

export const inviteWords = {
  invite: 'Invite somebody',
  title: 'Invite somebody to this visit',
  says: 'They get a link, wait at the door like everybody, and you let them in. They see neither the chart nor the note.',
  as: 'As',
  roles: {
    guest: 'Family or carer',
    interpreter: 'Interpreter',
    colleague: 'Colleague without an account here',
  } satisfies Record<InvitedRole, string>,
  name: 'Name',
  nameNote: 'Everybody in the visit sees it.',
  language: 'Language they speak with the patient',
  reads: 'They read in',
  suggest: (language: string | undefined) =>
    language === undefined ? 'The chart asks for an interpreter.' : `The chart asks for an interpreter: ${language}.`,
  /** The chart does not ask for one, and names another language than this page's. */
  perhaps: (language: string) => `The chart says that they speak: ${language}. Is an interpreter wanted?`,
  make: 'Make the link',
  making: 'Making the link…',
  cancel: 'Cancel',
}

export const shareWords = {
  title: (name: string) => `The invitation for ${name}`,
  once: 'It is shown here once. Give it to this person alone: it is good for one browser, the first in which it is opened.',
  until: (when: string) => `Good until ${when}.`,
  link: 'Link',
  code: (typeAt: string) => `Code, to type at ${typeAt}`,
  showQr: 'Show it as a QR code',
  qr: (name: string) => `QR code of the link for ${name}`,
  textsIn: (language: string) => `The texts are in ${language}, for the person to read.`,
  sms: 'Text for a message (SMS)',
  mail: 'Text for a mail',
  copyLink: 'Copy the link',
  copySms: 'Copy the message',
  copyMail: 'Copy the mail',
  copied: 'Copied',
  failed: 'Select it and copy it by hand',
  done: 'Done',
}

/** As this page calls a language of ours. */
export const languageNamed = (language: Language): string =>
  new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language

/** Of somebody who is invited. */
export const invitedWords = {
  title: 'Invited',
  as: { guest: 'Family or carer', interpreter: 'Interpreter', colleague: 'Colleague' } satisfies Record<
    InvitedRole,
    string
  >,
  speaks: (language: string) => `Interpreter, ${language}`,
  by: (name: string) => `invited by ${name}`,
  with: (patient: string) => `speaks for ${patient}`,
  missing: {
    interpreter: () => 'No interpreter is here yet',
    patient: (patient: string) => `${patient} is not here yet`,
  },
  states: {
    sent: 'Not opened yet',
    opened: 'Opened, not at the door',
    waiting: 'At the door',
    admitted: 'Was let in',
    in: 'In the call',
    left: 'Left',
    declined: 'Sent away',
    expired: 'Not opened in time',
    revoked: 'Taken back',
  } satisfies Record<InvitedPerson['state'], string>,
  elsewhere: (clock: string) =>
    `Tried from another browser, or with a wrong code, last at ${clock}. If that was not the person, make a new link.`,
  anew: 'New link',
  anewNamed: (name: string) => `New link for ${name}`,
  back: 'Take back',
  backNamed: (name: string) => `Take back the invitation of ${name}`,
}

/** What somebody was invited as. */
export const invitedAs = ({ as, language }: Pick<InvitedPerson, 'as' | 'language'>): string =>
  language === undefined ? invitedWords.as[as] : invitedWords.speaks(language)
