// In Simplified Chinese: what a patient reads of what the check found.
import type * as English from '../../../door/findings-words.ts'

export const findingsWords: typeof English.findingsWords = {
  picture: '您自己的画面',
  camera: '摄像头',
  microphone: '麦克风',
  loudspeaker: '扬声器',
  level: '麦克风音量',
  heard: '我们能听到您。',
  silent: '请说几句话。',
  sound: '播放测试声音',
  shut: '无法打开这个扬声器。请选择另一个。',
  again: '重新开始检查',
}
