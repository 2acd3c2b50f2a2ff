// In Spanish: what somebody in the waiting room can say meanwhile.
import type * as English from '../../../door/meanwhile-words.ts'

export const meanwhileWords: typeof English.meanwhileWords = {
  step: 'Me ausento 10 minutos',
  back: 'Ya estoy de vuelta',
  telephone: 'Prefiero que me llamen por teléfono',
  cannot: 'No puedo acudir',
}

export const elsewhereAtDoor: typeof English.elsewhereAtDoor = {
  title: 'Abrió esta consulta en otra página',
  says: 'Sigue allí: en otro dispositivo o en otra ventana. Puede cerrar esta página.',
  here: 'Seguir aquí',
}

export const cannotWords: typeof English.cannotWords = {
  title: 'La clínica sabe que usted no puede acudir',
  known: (clock) => `Usted lo dijo a las ${clock}.`,
  todo: 'Con esto su cita no se cancela: su profesional de salud decide cómo seguir. Para pedir otra hora, llame a la clínica.',
  video: 'Sí puedo acudir',
}
