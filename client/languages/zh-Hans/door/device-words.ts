// In Simplified Chinese: what to say, and what to do, about a camera or a microphone that does not open.
import { adviceBy, type Closed } from '../../../door/advice-on.ts'
import type { Browser } from '../../../door/browser.ts'
import type * as English from '../../../door/device-words.ts'

const names: Readonly<Record<Closed, string>> = {
  camera: '摄像头',
  microphone: '麦克风',
  both: '摄像头和麦克风',
}
/** Browsers and systems write the camera in two ways. */
const labels: Readonly<Record<Closed, string>> = {
  camera: '“摄像头”（或“相机”）',
  microphone: '“麦克风”',
  both: '“摄像头”（或“相机”）和“麦克风”',
}
const browsers: Readonly<Record<Browser['name'], string>> = {
  chrome: ' Chrome ',
  edge: ' Edge ',
  firefox: ' Firefox ',
  safari: ' Safari ',
  samsung: '三星浏览器',
  other: '您的浏览器',
}

const again = '然后按“重试”。'

export const adviceOn = adviceBy({
  labels,
  browser: (name) => browsers[name],
  inBrowser: {
    'ios-safari': (label) => `请按网址左侧的小图标。选择“网站设置”，再选择${label}，然后选择“允许”。${again}`,
    ios: (label, its) => `请打开“设置”应用。在应用列表中找到${its}，打开${label}。然后重新打开您的问诊。`,
    'android-firefox': (label) => `请按网址旁边的锁或盾牌。按${label}旁边的“已阻止”，使其显示“已允许”。${again}`,
    android: (label) => `请按网址左侧的小图标。选择“权限”，打开${label}。${again}`,
    firefox: () => `请按网址左侧被划掉的图标。按“已阻止”旁边的 ×。${again}当 Firefox 询问时，选择“允许”。`,
    safari: (label) => `请按屏幕顶部菜单中的“Safari”。选择带有这个页面名称的“设置”。在${label}旁边选择“允许”。${again}`,
    chrome: (label) => `请按网址左侧的小图标。打开${label}。${again}`,
    other: (label) => `请按浏览器顶部网址旁边的小图标，允许${label}。${again}`,
  },
  inSystem: {
    mac: (label, its) =>
      `请按屏幕左上角的苹果图标。选择“系统设置”、“隐私与安全性”，再选择${label}。打开${its}。${again}`,
    windows: (label, its) =>
      `请打开“设置”。选择“隐私和安全性”，再选择${label}。打开所有提到应用或${its}的开关。${again}`,
    ios: (label, its) => `请打开“设置”应用。在应用列表中找到${its}，打开${label}。${again}`,
    android: (label, its) => `请打开“设置”应用。选择“应用”、${its}、“权限”，并允许${label}。${again}`,
    other: (label, its) => `请打开您设备的设置，让${its}使用${label}。${again}`,
  },
  elsewhere: {
    ios: '请在 Safari 中重新打开您的问诊。',
    android: '请在 Chrome 或 Firefox 中重新打开您的问诊。',
    mac: '请在 Safari、Chrome 或 Firefox 中重新打开您的问诊。',
    windows: '请在 Edge、Chrome 或 Firefox 中重新打开您的问诊。',
    other: '请在 Chrome 或 Firefox 中重新打开您的问诊。',
  },
  denied: (closed) => `您的浏览器不让我们使用您的${names[closed]}。`,
  system: (closed, its) => `您的设备不让${its}使用您的${names[closed]}。`,
  missing: (closed) =>
    closed === 'both' ? '我们没有找到摄像头，也没有找到麦克风。' : `我们没有找到${names[closed]}。`,
  missingBuiltIn: '请重新启动您的设备，然后重新打开您的问诊。或者改用电话继续。',
  missingToPlug: `如果您有，请接上。${again}`,
  busy: (closed) => ({
    title: `您的${names[closed]}正在使用中。`,
    todo: `另一个程序正在使用。请关闭其他视频通话。${again}`,
  }),
  insecure: { title: '在这个网址不能进行视频通话。', todo: '这个页面的网址必须以“https”开头。请告知诊所。' },
  incapable: '这个浏览器不能进行视频通话。',
  framed: (closed) => ({
    title: `包含此页面的外层页面关闭了您的${names[closed]}。`,
    todo: '请在单独的窗口中打开问诊。',
  }),
  unknown: (closed) => ({
    title: `您的${names[closed]}没有启动。`,
    todo: '请按“重试”。如果没有用，请重新启动您的设备。',
  }),
})

export const without: typeof English.without = {
  camera: '您也可以不用摄像头继续。您的医护人员能听到您，但看不到您。',
  microphone: '您也可以不用麦克风继续。您的医护人员能看到您，但听不到您。',
}

export const pictureWords: typeof English.pictureWords = {
  camera: '摄像头',
  microphone: '麦克风',
  both: '摄像头',
  safari: 'Safari',
}
