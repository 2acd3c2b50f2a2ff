// In Spanish: what is read while the call's code is on its way.
import type * as English from '../../../call/loading-words.ts'

export const loadingWords: typeof English.loadingWords = {
  wait: {
    now: 'Cargando la videollamada…',
    still: 'Seguimos esperando la videollamada. Está tardando más de lo habitual.',
  },
  again: 'Volver a intentarlo',
}
