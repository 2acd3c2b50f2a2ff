// In Spanish: what a patient reads in the waiting room.
import { isolated } from '../../../base/isolated.ts'
import { plural } from '../../../base/plural.ts'
import type * as English from '../../../door/waiting-words.ts'

const number = plural('es')
const named = (name: string | undefined) => (name === undefined ? 'Su profesional de salud' : isolated(name))

export const waitingWords: typeof English.waitingWords = {
  title: {
    starts: (clock) => `Su consulta empieza a las ${clock}.`,
    here: ([name, another]) =>
      another !== undefined ? 'Uno de sus profesionales de salud está aquí.' : `${named(name)} está aquí.`,
    'with-another': ([name, another]) =>
      another !== undefined
        ? 'Sus profesionales de salud todavía no están libres: uno está con otro paciente.'
        : `${named(name)} está con otro paciente.`,
    away: ([name, another]) =>
      another !== undefined
        ? 'Todavía no está aquí ninguno de sus profesionales de salud.'
        : `${named(name)} todavía no está aquí.`,
  },
  tab: 'Sala de espera',
  turn: (ahead) =>
    ahead === 0
      ? 'Nadie lleva esperando más tiempo que usted.'
      : number(ahead, {
          one: '1 paciente lleva esperando más tiempo que usted.',
          other: `${ahead} pacientes llevan esperando más tiempo que usted.`,
        }),
  estimate: (from, to) =>
    from === 0
      ? `Según las consultas de hoy hasta ahora, puede que le toque en unos ${to} minutos como mucho. Esto puede cambiar.`
      : `Según las consultas de hoy hasta ahora, puede que le toque en unos ${from} a ${to} minutos. Esto puede cambiar.`,
  patience: 'Espere un poco, por favor.',
  stepped: {
    title: (clock) => `Se ausentó. Vuelva antes de las ${clock}, por favor.`,
    place:
      'Mientras tanto conserva su lugar y la clínica ve que está ausente. Si le llaman para entrar, esta página suena.',
  },
  gone: (from, back) =>
    `No supimos nada de esta página después de las ${from}, por eso no se conservó su lugar. Está esperando de nuevo desde las ${back}.`,
  out: 'Está fuera de la llamada.',
  since: (clock, span) => `Está esperando desde las ${clock} (${span}).`,
  over: {
    title: 'La hora de esta consulta ya pasó.',
    todo: 'Llame a la clínica, por favor: le dirán cómo seguir. No necesita dejar esta página abierta.',
  },
  late: 'Está tardando más de lo previsto. Usted conserva su lugar. También puede llamar a la clínica.',
  seen: 'La clínica ve que usted está aquí.',
  unusable: {
    told: 'Hay que corregir algo en su cita antes de que pueda entrar. Su profesional de salud ya está avisado. Usted conserva su lugar.',
    untold:
      'Hay que corregir algo en su cita antes de que pueda entrar. Llame a la clínica, por favor: diga que la cita de su consulta por video debe corregirse. Usted conserva su lugar.',
  },
  lost: {
    offline: 'Se perdió la conexión.',
    ours: 'Algo de nuestra parte no responde.',
  },
  trying: 'Deje esta página abierta: seguimos intentándolo y usted conserva su lugar.',
  ready: 'Antes de su consulta',
  keepOpen: 'Deje esta página abierta. Sigue por sí sola. Hasta entonces su cámara y su micrófono están apagados.',
  keepOpenSound:
    'Deje esta página abierta. Sigue por sí sola y un sonido le avisa. Hasta entonces su cámara y su micrófono están apagados.',
  hear: 'Oír el sonido',
  soundOn: 'Avisarme con un sonido',
  leave: 'Salir de la sala de espera',
}
