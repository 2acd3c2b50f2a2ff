// In Spanish: the words of the widgets, of times and of tabs.
import { isolated } from '../../../base/isolated.ts'
import { plural } from '../../../base/plural.ts'
import type * as English from '../../../ui/words.ts'

const number = plural('es')

export const wait: typeof English.wait = {
  again: 'Volver a cargar la página',
}

export const waitForVisit: typeof English.waitForVisit = {
  now: 'Cargando su consulta…',
  still: 'Seguimos esperando su consulta. Está tardando más de lo habitual.',
}

export const title: typeof English.title = 'Consulta por video'

export const page: typeof English.page = {
  signOut: 'Cerrar sesión',
  help: '¿Necesita ayuda?',
  elsewhere: '¿Tengo otra sesión abierta?',
  call: (phone) => `Llame a la clínica: ${isolated(phone)}`,
  languages: 'Idioma',
  signedOut: 'Su sesión está cerrada',
  close: 'Puede cerrar esta página.',
}

export const detailsTitle: typeof English.detailsTitle = 'Detalles'

export const clinicNamed: typeof English.clinicNamed = ({ name, phone }) => `${isolated(name)}: ${isolated(phone)}`

export const phoneLink: typeof English.phoneLink = (phone) => `Llamar al ${isolated(phone)}`

function lasting(seconds: number): string {
  if (seconds < 120) return number(seconds, { one: 'Pidió un segundo.', other: `Pidió ${seconds} segundos.` })
  if (seconds < 7200) return `Pidió ${Math.ceil(seconds / 60)} minutos.`
  return `Pidió ${Math.ceil(seconds / 3600)} horas.`
}

export const problem: typeof English.problem = {
  again: 'Volver a intentarlo',
  back: 'Volver a sus consultas',
  choose: 'Elegir su clínica',
  signIn: 'O inicie sesión aquí',
  apart: 'Abrir en una ventana propia',
  wait: lasting,
  support: (code) => ['Código para soporte: ', code],
  headline: (title) => `${title}.`,
  request: (number) => `Para soporte, completo: ${number}`,
}

export const times: typeof English.times = {
  language: 'es',
  habit: 'es',
  asked: '',
  today: (clock) => `hoy a las ${clock}`,
  on: (day, clock) => `el ${day} a las ${clock}`,
  zoned: (time, zone) => `${time} (${zone})`,
  moment: 'menos de un minuto',
  minutes: (minutes) => (minutes === 0 ? 'menos de 1 min' : `${minutes} min`),
  hours: (hours, minutes) => (minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`),
  about: (age) => `unos ${age}`,
  lessThan: (age) => `menos de ${age}`,
}
