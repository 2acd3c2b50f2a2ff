// In Simplified Chinese: what is read when two people are in the call and neither picture nor sound comes through.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../call/blocked-words.ts'

export const blockedWords: typeof English.blockedWords = {
  what: '没有画面，也没有声音。',
  todo: {
    patient: {
      unknown: '可能是其中一方的网络阻挡了视频。请换一个网络：用移动数据代替 Wi-Fi，或者反过来。然后按“重新连接”。',
      theirs: '视频在对方那边被阻挡，您这边没有问题。对方会看到可以尝试的办法。',
    },
    clinician: {
      unknown:
        '可能是其中一方的网络阻挡了视频。请换一个网络，例如用手机的移动数据代替诊所的 Wi-Fi，然后按“重新连接”。您的 IT 部门可以放行：通往视频系统的 UDP 端口 10000，或通往其中继的端口 443。',
      theirs: '视频在对方那边被阻挡，不是您这边。对方会看到提示：用移动数据代替 Wi-Fi，或者反过来。',
    },
  },
  reconnect: '重新连接',
  call: (phone) => `或拨打 ${isolated(phone)}`,
  callNamed: (name, phone) => `或致电 ${isolated(name)}：${isolated(phone)}`,
  byTelephone: '如果仍然如此，请改用电话继续。',
}
