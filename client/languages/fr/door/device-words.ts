// In French: what to say, and what to do, about a camera or a microphone that does not open.
import { adviceBy, type Closed } from '../../../door/advice-on.ts'
import type { Browser } from '../../../door/browser.ts'
import type * as English from '../../../door/device-words.ts'

/** With the word for "your" before it. */
const yours: Readonly<Record<Closed, string>> = {
  camera: 'votre caméra',
  microphone: 'votre microphone',
  both: 'votre caméra et votre microphone',
}
/** Browsers and systems write the camera in two ways. */
const labels: Readonly<Record<Closed, string>> = {
  camera: '« Caméra » (ou « Appareil photo »)',
  microphone: '« Microphone » (ou « Micro »)',
  both: '« Caméra » (ou « Appareil photo ») et « Microphone » (ou « Micro »)',
}
const browsers: Readonly<Record<Browser['name'], string>> = {
  chrome: 'Chrome',
  edge: 'Edge',
  firefox: 'Firefox',
  safari: 'Safari',
  samsung: 'Samsung Internet',
  other: 'votre navigateur',
}

const again = 'Appuyez ensuite sur « Réessayer ».'

const missing: Readonly<Record<Closed, string>> = {
  camera: 'Nous n’avons pas trouvé de caméra.',
  microphone: 'Nous n’avons pas trouvé de microphone.',
  both: 'Nous n’avons trouvé ni caméra ni microphone.',
}
const busy: Readonly<Record<Closed, ReturnType<typeof adviceOn>>> = {
  camera: {
    title: 'Votre caméra est utilisée.',
    todo: `Un autre programme l’utilise. Fermez les autres appels vidéo. ${again}`,
  },
  microphone: {
    title: 'Votre microphone est utilisé.',
    todo: `Un autre programme l’utilise. Fermez les autres appels vidéo. ${again}`,
  },
  both: {
    title: 'Votre caméra et votre microphone sont utilisés.',
    todo: `Un autre programme les utilise. Fermez les autres appels vidéo. ${again}`,
  },
}
const framed: Readonly<Record<Closed, string>> = {
  camera: 'La page qui entoure celle-ci garde votre caméra fermée.',
  microphone: 'La page qui entoure celle-ci garde votre microphone fermé.',
  both: 'La page qui entoure celle-ci garde votre caméra et votre microphone fermés.',
}
const unknown: Readonly<Record<Closed, string>> = {
  camera: 'Votre caméra ne s’est pas mise en marche.',
  microphone: 'Votre microphone ne s’est pas mis en marche.',
  both: 'Votre caméra et votre microphone ne se sont pas mis en marche.',
}

export const adviceOn = adviceBy({
  labels,
  browser: (name) => browsers[name],
  inBrowser: {
    'ios-safari': (label) =>
      `Appuyez sur la petite image à gauche de l’adresse. Choisissez « Réglages du site web », puis ${label}, puis « Autoriser ». ${again}`,
    ios: (label, its) =>
      `Ouvrez l’application Réglages. Cherchez ${its} parmi les applications, et activez ${label}. Rouvrez ensuite votre consultation.`,
    'android-firefox': (label) =>
      `Appuyez sur le cadenas ou le bouclier à côté de l’adresse. Appuyez sur « Bloqué » à côté de ${label}, pour qu’il indique « Autorisé ». ${again}`,
    android: (label) =>
      `Appuyez sur la petite image à gauche de l’adresse. Choisissez « Autorisations », et activez ${label}. ${again}`,
    firefox: () =>
      `Appuyez sur l’image barrée à gauche de l’adresse. Appuyez sur la × à côté de « Bloqué ». ${again} Quand Firefox pose la question, choisissez « Autoriser ».`,
    safari: (label) =>
      `Appuyez sur « Safari » dans le menu en haut de l’écran. Choisissez « Réglages » avec le nom de cette page. À côté de ${label}, choisissez « Autoriser ». ${again}`,
    chrome: (label) => `Appuyez sur la petite image à gauche de l’adresse. Activez ${label}. ${again}`,
    other: (label) =>
      `Appuyez sur la petite image à côté de l’adresse, en haut du navigateur, et autorisez ${label}. ${again}`,
  },
  inSystem: {
    mac: (label, its) =>
      `Appuyez sur la pomme en haut à gauche de l’écran. Choisissez « Réglages Système », « Confidentialité et sécurité », puis ${label}. Activez ${its}. ${again}`,
    windows: (label, its) =>
      `Ouvrez Paramètres. Choisissez « Confidentialité et sécurité », puis ${label}. Activez tout ce qui nomme les applications ou ${its}. ${again}`,
    ios: (label, its) =>
      `Ouvrez l’application Réglages. Cherchez ${its} parmi les applications, et activez ${label}. ${again}`,
    android: (label, its) =>
      `Ouvrez l’application Paramètres. Choisissez « Applications », ${its}, « Autorisations », et autorisez ${label}. ${again}`,
    other: (label, its) => `Ouvrez les réglages de votre appareil, et laissez ${its} utiliser ${label}. ${again}`,
  },
  elsewhere: {
    ios: 'Rouvrez votre consultation dans Safari.',
    android: 'Rouvrez votre consultation dans Chrome ou Firefox.',
    mac: 'Rouvrez votre consultation dans Safari, Chrome ou Firefox.',
    windows: 'Rouvrez votre consultation dans Edge, Chrome ou Firefox.',
    other: 'Rouvrez votre consultation dans Chrome ou Firefox.',
  },
  denied: (closed) => `Votre navigateur ne nous laisse pas utiliser ${yours[closed]}.`,
  system: (closed, its) => `Votre appareil ne laisse pas ${its} utiliser ${yours[closed]}.`,
  missing: (closed) => missing[closed],
  missingBuiltIn: 'Redémarrez votre appareil, puis rouvrez votre consultation. Ou continuez par téléphone.',
  missingToPlug: `Si vous en avez, branchez le matériel. ${again}`,
  busy: (closed) => busy[closed],
  insecure: {
    title: 'Un appel vidéo n’est pas possible à cette adresse.',
    todo: 'L’adresse de cette page doit commencer par « https ». Veuillez prévenir la clinique.',
  },
  incapable: 'Ce navigateur ne permet pas d’appel vidéo.',
  framed: (closed) => ({ title: framed[closed], todo: 'Ouvrez la consultation dans sa propre fenêtre.' }),
  unknown: (closed) => ({
    title: unknown[closed],
    todo: 'Appuyez sur « Réessayer ». Si cela ne suffit pas, redémarrez votre appareil.',
  }),
})

export const without: typeof English.without = {
  camera: 'Vous pouvez aussi continuer sans elle. Votre soignant vous entendra, mais ne vous verra pas.',
  microphone: 'Vous pouvez aussi continuer sans lui. Votre soignant vous verra, mais ne vous entendra pas.',
}

export const pictureWords: typeof English.pictureWords = {
  camera: 'Caméra',
  microphone: 'Microphone',
  both: 'Caméra',
  safari: 'Safari',
}
