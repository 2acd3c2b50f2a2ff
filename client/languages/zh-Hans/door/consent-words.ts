// In Chinese: what a patient reads where the clinic asks for consent to telehealth.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../door/consent-words.ts'

export const consentWords: typeof English.consentWords = {
  title: '您是否同意视频问诊？',
  first: '诊所在视频问诊前需要征得您的同意。请阅读诊所的同意书，然后决定。',
  whose: (giver, patient) => `您以 ${isolated(giver)} 的身份，代表 ${isolated(patient)} 作出决定。`,
  text: '诊所的同意书',
  version: (version, date) => `版本 ${isolated(version)}，自${date}起生效`,
  reading: {
    now: '正在加载诊所的同意书…',
    still: '仍在等待诊所的同意书。',
  },
  changed: '诊所在您阅读期间更改了这份同意书。没有记录任何同意。以下是新的同意书。',
  back: '您可以随时撤回同意：在候诊室里和通话中都可以。',
  agree: '我同意',
  agreeFor: (patient) => `我代表 ${isolated(patient)} 同意`,
  decline: '我不同意',
  busy: '请稍候…',
}

export const noConsentWords: typeof English.noConsentWords = {
  title: '未经您同意，不会进行视频问诊',
  stays: '您的摄像头和麦克风保持关闭。您的预约不会因此取消。',
  withdrawn: (clock) => `您已于 ${clock} 撤回同意。您已不在候诊室，也不在通话中。诊所会在其屏幕上看到这一点。`,
  instead: '您可以通过电话与诊所沟通，或要求诊所安排当面就诊。',
  byTelephone: '请求电话沟通',
  phone: (phone) => `致电诊所：${isolated(phone)}`,
  again: '重新阅读同意书',
}

export const withdrawWords: typeof English.withdrawWords = {
  act: '撤回我的同意',
  title: '要撤回您对视频问诊的同意吗？',
  says: '您将离开候诊室或通话，诊所会收到通知。到目前为止所说和所写的内容会保留。您以后可以再次同意。',
  yes: '撤回同意',
  no: '继续问诊',
}
