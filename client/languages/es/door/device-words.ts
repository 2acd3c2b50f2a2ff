// In Spanish: what to say, and what to do, about a camera or a microphone that does not open.
import { adviceBy, type Closed } from '../../../door/advice-on.ts'
import type { Browser } from '../../../door/browser.ts'
import type * as English from '../../../door/device-words.ts'

/** With the word for "your" before it. */
const yours: Readonly<Record<Closed, string>> = {
  camera: 'su cámara',
  microphone: 'su micrófono',
  both: 'su cámara y su micrófono',
}
const labels: Readonly<Record<Closed, string>> = {
  camera: '«Cámara»',
  microphone: '«Micrófono»',
  both: '«Cámara» y «Micrófono»',
}
const browsers: Readonly<Record<Browser['name'], string>> = {
  chrome: 'Chrome',
  edge: 'Edge',
  firefox: 'Firefox',
  safari: 'Safari',
  samsung: 'Samsung Internet',
  other: 'su navegador',
}

const again = 'Después pulse «Volver a intentarlo».'

const missing: Readonly<Record<Closed, string>> = {
  camera: 'No encontramos ninguna cámara.',
  microphone: 'No encontramos ningún micrófono.',
  both: 'No encontramos ninguna cámara ni ningún micrófono.',
}
const busy: Readonly<Record<Closed, ReturnType<typeof adviceOn>>> = {
  camera: { title: 'Su cámara está en uso.', todo: `Otro programa la usa. Cierre otras videollamadas. ${again}` },
  microphone: {
    title: 'Su micrófono está en uso.',
    todo: `Otro programa lo usa. Cierre otras videollamadas. ${again}`,
  },
  both: {
    title: 'Su cámara y su micrófono están en uso.',
    todo: `Otro programa los usa. Cierre otras videollamadas. ${again}`,
  },
}
const framed: Readonly<Record<Closed, string>> = {
  camera: 'La página que rodea a esta mantiene cerrada su cámara.',
  microphone: 'La página que rodea a esta mantiene cerrado su micrófono.',
  both: 'La página que rodea a esta mantiene cerrados su cámara y su micrófono.',
}
const unknown: Readonly<Record<Closed, string>> = {
  camera: 'Su cámara no se encendió.',
  microphone: 'Su micrófono no se encendió.',
  both: 'Su cámara y su micrófono no se encendieron.',
}

export const adviceOn = adviceBy({
  labels,
  browser: (name) => browsers[name],
  inBrowser: {
    'ios-safari': (label) =>
      `Pulse el pequeño dibujo a la izquierda de la dirección. Elija «Configuración del sitio web», después ${label} y después «Permitir». ${again}`,
    ios: (label, its) =>
      `Abra la aplicación Ajustes. Busque ${its} entre las aplicaciones y active ${label}. Después abra de nuevo su consulta.`,
    'android-firefox': (label) =>
      `Pulse el candado o el escudo junto a la dirección. Pulse «Bloqueado» junto a ${label}, para que diga «Permitido». ${again}`,
    android: (label) =>
      `Pulse el pequeño dibujo a la izquierda de la dirección. Elija «Permisos» y active ${label}. ${again}`,
    firefox: () =>
      `Pulse el dibujo tachado a la izquierda de la dirección. Pulse la × junto a «Bloqueado». ${again} Cuando Firefox pregunte, elija «Permitir».`,
    safari: (label) =>
      `Pulse «Safari» en el menú de la parte superior de la pantalla. Elija «Ajustes» con el nombre de esta página. Junto a ${label} elija «Permitir». ${again}`,
    chrome: (label) => `Pulse el pequeño dibujo a la izquierda de la dirección. Active ${label}. ${again}`,
    other: (label) =>
      `Pulse el pequeño dibujo junto a la dirección, en la parte superior del navegador, y permita ${label}. ${again}`,
  },
  inSystem: {
    mac: (label, its) =>
      `Pulse la manzana en la esquina superior izquierda de la pantalla. Elija «Ajustes del Sistema», «Privacidad y seguridad» y después ${label}. Active ${its}. ${again}`,
    windows: (label, its) =>
      `Abra Configuración. Elija «Privacidad y seguridad» y después ${label}. Active todo lo que nombre aplicaciones o ${its}. ${again}`,
    ios: (label, its) => `Abra la aplicación Ajustes. Busque ${its} entre las aplicaciones y active ${label}. ${again}`,
    android: (label, its) =>
      `Abra la aplicación Ajustes. Elija «Aplicaciones», ${its}, «Permisos» y permita ${label}. ${again}`,
    other: (label, its) => `Abra los ajustes de su dispositivo y deje que ${its} use ${label}. ${again}`,
  },
  elsewhere: {
    ios: 'Abra de nuevo su consulta en Safari.',
    android: 'Abra de nuevo su consulta en Chrome o Firefox.',
    mac: 'Abra de nuevo su consulta en Safari, Chrome o Firefox.',
    windows: 'Abra de nuevo su consulta en Edge, Chrome o Firefox.',
    other: 'Abra de nuevo su consulta en Chrome o Firefox.',
  },
  denied: (closed) => `Su navegador no nos deja usar ${yours[closed]}.`,
  system: (closed, its) => `Su dispositivo no deja que ${its} use ${yours[closed]}.`,
  missing: (closed) => missing[closed],
  missingBuiltIn: 'Reinicie su dispositivo y abra de nuevo su consulta. O siga por teléfono.',
  missingToPlug: `Si tiene, conéctelo. ${again}`,
  busy: (closed) => busy[closed],
  insecure: {
    title: 'En esta dirección no se puede hacer una videollamada.',
    todo: 'La dirección de esta página debe empezar por «https». Avise a la clínica, por favor.',
  },
  incapable: 'Este navegador no puede hacer una videollamada.',
  framed: (closed) => ({ title: framed[closed], todo: 'Abra la consulta en su propia ventana.' }),
  unknown: (closed) => ({
    title: unknown[closed],
    todo: 'Pulse «Volver a intentarlo». Si no sirve, reinicie su dispositivo.',
  }),
})

export const without: typeof English.without = {
  camera: 'También puede seguir sin ella. Su profesional de salud le oirá, pero no le verá.',
  microphone: 'También puede seguir sin él. Su profesional de salud le verá, pero no le oirá.',
}

export const pictureWords: typeof English.pictureWords = {
  camera: 'Cámara',
  microphone: 'Micrófono',
  both: 'Cámara',
  safari: 'Safari',
}
