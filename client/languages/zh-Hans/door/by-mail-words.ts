// In Simplified Chinese: what a patient can say of the mail about their visit.
import type * as English from '../../../door/by-mail-words.ts'

export const byMailWords: typeof English.byMailWords = {
  title: '关于此预约的电子邮件',
  off: (to) =>
    `诊所可以发送电子邮件到 ${to}，告诉您此预约何时开始、时间有何变动，以及何时轮到您。邮件中没有您的姓名，也没有就诊原因。`,
  on: (to) => `诊所会就此预约发送电子邮件到 ${to}。邮件中没有您的姓名，也没有就诊原因。`,
  want: '请给我发电子邮件',
  stop: '不再接收相关邮件',
}
