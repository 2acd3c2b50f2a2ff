// In Spanish: what somebody who was invited reads in the waiting room, and where it goes on without them.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../door/invited-waiting-words.ts'

const named = (name: string | undefined) => (name === undefined ? 'El profesional de salud' : isolated(name))

export const invitedWaitingWords: typeof English.invitedWaitingWords = {
  title: {
    starts: (clock) => `La consulta empieza a las ${clock}.`,
    here: ([name, another]) =>
      another !== undefined ? 'Uno de los profesionales de salud está aquí.' : `${named(name)} está aquí.`,
    'with-another': ([name, another]) =>
      another !== undefined
        ? 'Los profesionales de salud todavía no están libres: uno está con otro paciente.'
        : `${named(name)} está con otro paciente.`,
    away: ([name, another]) =>
      another !== undefined
        ? 'Todavía no está aquí ninguno de los profesionales de salud.'
        : `${named(name)} todavía no está aquí.`,
  },
  turn: 'Le dejarán entrar cuando le necesiten.',
  estimate: (from, to) =>
    from === 0
      ? `Según las consultas de hoy hasta ahora, esta puede empezar en unos ${to} minutos como mucho. Esto puede cambiar.`
      : `Según las consultas de hoy hasta ahora, esta puede empezar en unos ${from} a ${to} minutos. Esto puede cambiar.`,
  unusable: {
    told: 'Hay que corregir algo en la cita antes de que alguien pueda entrar. El profesional de salud ya está avisado. Usted conserva su lugar.',
    untold:
      'Hay que corregir algo en la cita antes de que alguien pueda entrar. Dígaselo a quien le invitó, por favor. Usted conserva su lugar.',
  },
}

export const invitedOver: typeof English.invitedOver = {
  title: 'La hora de esta consulta ya pasó',
  todo: 'No necesita dejar esta página abierta.',
}

export const invitedDeclined: typeof English.invitedDeclined = {
  title: 'No se le dejó entrar',
  todo: 'Si cree que es una equivocación, pregunte a quien le invitó.',
}

export const invitedCannot: typeof English.invitedCannot = {
  todo: 'La consulta puede celebrarse sin usted. Avise también a quien le invitó.',
}
