// In Simplified Chinese: what somebody who was invited reads in the waiting room, and where it goes on without them.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../door/invited-waiting-words.ts'

const named = (name: string | undefined) => (name === undefined ? '医护人员' : `${isolated(name)} `)

export const invitedWaitingWords: typeof English.invitedWaitingWords = {
  title: {
    starts: (clock) => `问诊将于 ${clock} 开始。`,
    here: ([name, another]) => (another !== undefined ? '一位医护人员已经到了。' : `${named(name)}已经到了。`),
    'with-another': ([name, another]) =>
      another !== undefined
        ? '医护人员现在还没有空：其中一位正在接诊另一位患者。'
        : `${named(name)}正在接诊另一位患者。`,
    away: ([name, another]) => (another !== undefined ? '医护人员都还没有到。' : `${named(name)}还没有到。`),
  },
  turn: '需要您时，会让您进入。',
  estimate: (from, to) =>
    from === 0
      ? `根据今天到目前为止的问诊，这次可能在大约 ${to} 分钟内开始。这可能会变。`
      : `根据今天到目前为止的问诊，这次可能在大约 ${from} 到 ${to} 分钟后开始。这可能会变。`,
  unusable: {
    told: '预约中有些内容需要更正，之后才能让人进入。已通知医护人员。您的位置会保留。',
    untold: '预约中有些内容需要更正，之后才能让人进入。请告诉邀请您的人。您的位置会保留。',
  },
}

export const invitedOver: typeof English.invitedOver = {
  title: '这次问诊的时间已过',
  todo: '您不必让这个页面一直开着。',
}

export const invitedDeclined: typeof English.invitedDeclined = {
  title: '您未获准进入',
  todo: '如果您认为这是误会，请询问邀请您的人。',
}

export const invitedCannot: typeof English.invitedCannot = {
  todo: '没有您，问诊也可能照常进行。请同时告知邀请您的人。',
}
