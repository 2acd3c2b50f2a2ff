// In Simplified Chinese: why somebody is not let in now, as their own page says it.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../door/turned-away-words.ts'

export const notNowSentences: typeof English.notNowSentences = {
  'a-little-longer': '请再稍等一会儿。',
  'with-another': '您的医护人员要先接诊另一位患者。',
  'something-first': '您的医护人员要先处理与您这次问诊有关的事情。',
}

export const refusedSentences: typeof English.refusedSentences = {
  'cannot-now': '您的医护人员现在无法接诊。',
  'not-by-video': '这件事不能通过视频进行。',
  'we-telephone': '您的医护人员会打电话给您。',
  'another-visit': '这不是适合您的问诊。',
}

export const saidWhy: typeof English.saidWhy = (why) =>
  'words' in why ? turnedAwayWords.wrote(why.words) : { ...notNowSentences, ...refusedSentences }[why.reason]

export const turnedAwayWords: typeof English.turnedAwayWords = {
  another: (patient) =>
    `您的医护人员无法确认您就是这次问诊的患者，因此您已离开通话。这次问诊的患者是 ${isolated(patient)}：请让其来到这个屏幕前并在这里等候，或致电诊所。`,
  title: '您未能获准进入',
  again: '再次请求进入',
  wrote: (words) => `您的医护人员写道：“${isolated(words)}”`,
  sentBack: (clock) => `在 ${clock}，您被要求再次等候。`,
  asked: (clock) => `在 ${clock}，您的医护人员请您等候。`,
  place: '您的位置会保留。',
  todo: '请致电诊所，他们会告诉您怎么做。',
  todoTelephone: '请把电话放在身边。如果没有人打来，请致电诊所。',
}
