// In Simplified Chinese: what is read in a call.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../call/words.ts'

const list = new Intl.ListFormat('zh-Hans')
const plainList = new Intl.ListFormat('zh-Hans', { type: 'unit', style: 'short' })

export const callWords: typeof English.callWords = {
  frame: '视频通话',
  room: {
    now: '正在载入视频房间…',
    still: '仍在等待视频房间。所需时间比平时长。',
  },
  lobby: {
    clinician: {
      now: '正在等待房间打开…',
      still: '仍在等待房间打开。所需时间比平时长。',
    },
    patient: {
      now: '请稍候，画面马上就来。',
      still: '仍在等待您的医护人员打开房间。所需时间比平时长。',
    },
  },
  lost: '您的连接已中断。我们正在尝试。',
  again: '重试',
  tryNow: '现在尝试',
  knockAgain: '再次请求',
  phone: (phone) => `或拨打 ${isolated(phone)}`,
  support: (code) => `支持代码：${code}`,
  joined: '您已在通话中。',
  recorded: '这次问诊正在录制。',
  exhausted: '通话无法保持。请重新连接，或改用电话继续。',
  reconnect: '重新连接',
}

export const restoredWords: typeof English.restoredWords = {
  title: '您不在通话中',
  todo: '这个页面被重新打开。您的摄像头和麦克风已关闭。问诊仍在进行，您可以进入。',
  again: '进入通话',
}

export const leftWords: typeof English.leftWords = {
  title: '您已离开通话',
  todo: '问诊仍在进行。您可以回来。',
  again: '重新加入通话',
}

export const troubleWords: typeof English.troubleWords = {
  entry: {
    title: '视频房间没有为您打开',
    todo: '请重试：您会得到新的进入许可。',
    again: '重试',
    support: 'V1',
  },
  'turned-away': {
    title: '视频房间没有打开',
    todo: '请再次请求。',
    again: '再次请求',
    support: 'V2',
  },
  removed: {
    title: '您已被移出通话',
    todo: '如果这是误操作，请回来。',
    again: '回来',
    support: 'V3',
  },
  ended: {
    title: '通话已结束',
    todo: '如果问诊仍在进行，您可以回来。',
    again: '回来',
    support: 'V4',
  },
  full: { title: '视频房间已满', todo: '请稍等片刻，然后重试。', again: '重试', support: 'V5' },
  'no-room': {
    title: '视频通话没有载入',
    todo: '可能是您的网络连接有问题，也可能是我们这边有问题。请重试，或改用电话继续。',
    again: '重试',
    support: 'V7',
  },
  elsewhere: {
    title: '您在别处打开了问诊',
    todo: '通话在那里继续。您也可以把它带回这个页面。',
    again: '改用这个页面',
    support: 'V9',
  },
  unknown: {
    title: '视频通话没有开始',
    todo: '请重试，或改用电话继续。',
    again: '重试',
    support: 'V8',
  },
}

export const reopenedWords: typeof English.reopenedWords = {
  ends: '通话已重新打开，以便继续进行。',
  word: '按照大家的同意，通话已重新打开。',
  slept: '您的设备曾进入睡眠状态。您已回到通话中。',
  cut: '连接曾中断了一会儿。您已回到通话中。',
  unseen: '其他人曾看不到您。您已回到通话中。',
  unheard: '画面曾停住不动。通话已重新打开。',
  bridge: '视频曾停止。您已回到通话中。',
  line: '连接曾中断了一会儿。您已回到通话中。',
  shut: '视频系统起初没有打开房间。您现在已在通话中。',
  silence: '视频房间起初没有响应。您现在已在通话中。',
}

export const lostWords: typeof English.lostWords = {
  bridge: {
    now: '视频已停止。视频系统表示它的一部分不可用。通话会自动恢复。',
    still: '视频仍未恢复。请留在这个页面：通话会自动恢复，您不需要按任何按钮。',
  },
  line: {
    now: '与视频的连接已中断。通话会自动恢复。',
    still: '仍未连接到视频。请留在这个页面：通话会自动恢复，您不需要按任何按钮。',
  },
  shut: {
    now: '视频系统还没有打开房间。系统会自动重试。',
    still: '视频系统仍没有打开房间。请留在这个页面：通话会自动开始，您不需要按任何按钮。',
  },
  silence: {
    now: '视频房间还没有响应。系统会自动重试。',
    still: '视频房间仍没有响应。请留在这个页面：通话会自动开始，您不需要按任何按钮。',
  },
  support: 'V6',
}

export const whoIsHereWords: typeof English.whoIsHereWords = {
  alone: '通话中只有您一个人。',
  aloneSince: '问诊仍然开放，对方可能会回来：请留在这里。如果几分钟内没有人来，请致电诊所。',
  aloneYet: '请留在这里。如果几分钟内没有人来，请致电诊所。',
  here: (names) => `${list.format(names.map(isolated))} 在通话中。`,
  backSoon: (name, clock) => `${isolated(name)} 马上回来（从 ${clock} 起离开）。`,
  coming: (names) => `${list.format(names.map(isolated))} 正在进来。`,
  gone: (name, clock) => `${isolated(name)} 于 ${clock} 离开。`,
}

export const hintWords: typeof English.hintWords = {
  microphoneFailed: '您的麦克风在这里不能用：没有人听得到您。请为这个页面允许麦克风，然后重新连接。',
  microphoneOff: '您的麦克风已关闭：没有人听得到您。',
  cameraFailed: '您的摄像头在这里不能用：没有人看得到您。请为这个页面允许摄像头，然后重新连接。',
  cameraOff: '您的摄像头已关闭。',
  bothFailed: '您的摄像头和麦克风在这里不能用：没有人看得到或听得到您。请为这个页面允许它们，然后重新连接。',
  bothOff: '您的摄像头和麦克风已关闭：没有人看得到或听得到您。',
}

export const qualityWords: typeof English.qualityWords = {
  paused: '为了保持声音，视频已暂停。',
  spoken: '为了保持声音，视频已暂停。',
  videoOn: '重新打开视频',
  phone: (phone) => `也没有声音吗？请拨打 ${isolated(phone)}`,
}

const nameless = '一位没有名字的人'

export const uninvitedWords: typeof English.uninvitedWords = {
  atRoomDoor: (names) =>
    `也在房间自己的门口，未获准进入：${plainList.format(names.map((name) => (name ? isolated(name) : nameless)))}`,
  inCall: (name) => `在通话中，但未经您的门获准进入：${name ? isolated(name) : nameless}。`,
  takeOut: '移出',
}

export const recordingWords: typeof English.recordingWords = {
  title: '录制',
  unasked: '这次问诊正在录制，而没有征求任何人同意。请说出来，或离开通话。',
  runs: '所有人都已同意：这次问诊正在录制。',
  stopping: '并非所有人都同意：正在停止录制。如果仍在录制，请离开通话。',
  question: '您的医护人员希望录制这次问诊。只有所有人都同意才会录制，您可以随时停止录制。无论是否同意，问诊都会继续。',
  refused: '您没有同意。这次问诊不录制。',
  allAgreed: '所有人都已同意：现在可以录制这次问诊。',
  agreed: '您已同意。现在还没有录制：并非所有人都已同意。',
  yes: '是，我同意',
  yesNow: '我现在同意',
  no: '否，不要录制',
  stop: '停止录制',
  takeBack: '撤回我的回答',
}
