// In Simplified Chinese: what a patient reads in the waiting room.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../door/waiting-words.ts'

const named = (name: string | undefined) => (name === undefined ? '您的医护人员' : `${isolated(name)} `)

export const waitingWords: typeof English.waitingWords = {
  title: {
    starts: (clock) => `您的问诊将于 ${clock} 开始。`,
    here: ([name, another]) => (another !== undefined ? '您的一位医护人员已经到了。' : `${named(name)}已经到了。`),
    'with-another': ([name, another]) =>
      another !== undefined
        ? '您的医护人员现在还没有空：其中一位正在接诊另一位患者。'
        : `${named(name)}正在接诊另一位患者。`,
    away: ([name, another]) => (another !== undefined ? '您的医护人员都还没有到。' : `${named(name)}还没有到。`),
  },
  tab: '候诊室',
  turn: (ahead) => (ahead === 0 ? '没有人比您等得更久。' : `有 ${ahead} 位患者比您等得更久。`),
  estimate: (from, to) =>
    from === 0
      ? `根据今天到目前为止的问诊，可能在大约 ${to} 分钟内轮到您。这可能会变。`
      : `根据今天到目前为止的问诊，可能在大约 ${from} 到 ${to} 分钟后轮到您。这可能会变。`,
  patience: '请稍等。',
  stepped: {
    title: (clock) => `您已暂时离开。请在 ${clock} 前回来。`,
    place: '在此期间您的位置会保留，诊所可以看到您已暂时离开。如果轮到您进入，这个页面会响铃。',
  },
  gone: (from, back) => `在 ${from} 之后我们没有收到这个页面的消息，因此您的位置没有保留。您从 ${back} 起重新等候。`,
  out: '您已不在通话中。',
  since: (clock, span) => `您从 ${clock} 开始等候（${span}）。`,
  over: {
    title: '这次问诊的时间已过。',
    todo: '请致电诊所，他们会告诉您接下来怎么做。您不必让这个页面一直开着。',
  },
  late: '所需时间比计划的长。您的位置会保留。您也可以致电诊所。',
  seen: '诊所可以看到您在这里。',
  unusable: {
    told: '您的预约中有些内容需要更正，之后您才能进入。已通知您的医护人员。您的位置会保留。',
    untold:
      '您的预约中有些内容需要更正，之后您才能进入。请致电诊所，告诉他们您的视频问诊预约需要更正。您的位置会保留。',
  },
  lost: {
    offline: '连接已中断。',
    ours: '我们这边有部分没有响应。',
  },
  trying: '请让这个页面一直开着：我们会继续尝试，您的位置会保留。',
  ready: '问诊之前',
  keepOpen: '请让这个页面一直开着，它会自动继续。在那之前，您的摄像头和麦克风是关闭的。',
  keepOpenSound: '请让这个页面一直开着，它会自动继续，并有声音提醒您。在那之前，您的摄像头和麦克风是关闭的。',
  hear: '听一下提示音',
  soundOn: '用声音提醒我',
  leave: '离开候诊室',
}
