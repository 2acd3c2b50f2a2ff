// In Spanish: the words for where else somebody is signed in.
import { plural } from '../../../base/plural.ts'
import type * as English from '../../../ui/elsewhere-words.ts'

const number = plural('es')

export const elsewhere: typeof English.elsewhere = {
  none: 'Su sesión está abierta solo aquí.',
  others: (n) => number(n, { one: 'Tiene otra sesión abierta.', other: `Tiene otras ${n} sesiones abiertas.` }),
  end: 'Cerrar todas las demás sesiones',
  ended: 'Sus demás sesiones están cerradas.',
}
