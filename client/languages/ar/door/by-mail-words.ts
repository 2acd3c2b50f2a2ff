// In Arabic: what a patient can say of the mail about their visit.
import type * as English from '../../../door/by-mail-words.ts'

export const byMailWords: typeof English.byMailWords = {
  title: 'البريد الإلكتروني بشأن هذا الموعد',
  off: (to) =>
    `يمكن للعيادة أن تراسلك على ${to} لتخبرك متى يبدأ هذا الموعد، وإذا تغيّر وقته، ومتى يحين دورك. لا يُذكر فيها اسمك ولا سبب الاستشارة.`,
  on: (to) => `تراسلك العيادة على ${to} بشأن هذا الموعد. لا يُذكر فيها اسمك ولا سبب الاستشارة.`,
  want: 'راسلوني بالبريد الإلكتروني',
  stop: 'لا أريد مزيدًا من الرسائل بشأنه',
}
