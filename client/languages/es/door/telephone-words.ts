// In Spanish: what a patient reads who would rather speak by telephone.
import type * as English from '../../../door/telephone-words.ts'

export const telephoneWords: typeof English.telephoneWords = {
  title: 'Por teléfono',
  known: (clock) => `Desde las ${clock} su clínica ve en su pantalla que usted prefiere hablar por teléfono.`,
  todo: 'Puede que nadie mire esa pantalla enseguida. Llame a la clínica, por favor.',
  video: 'Probar la videollamada de todos modos',
}
