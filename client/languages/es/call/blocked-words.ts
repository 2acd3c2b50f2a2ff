// In Spanish: what is read when two people are in the call and neither picture nor sound comes through.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../call/blocked-words.ts'

export const blockedWords: typeof English.blockedWords = {
  what: 'No llega ni imagen ni sonido.',
  todo: {
    patient: {
      unknown:
        'Puede que la red de uno de los dos lados retenga el video. Pruebe otra: datos móviles en lugar de wifi, o al revés. Después pulse Reconectar.',
      theirs: 'Se retiene en el otro lado y en el suyo todo está bien. Allí se les dice qué probar.',
    },
    clinician: {
      unknown:
        'Puede que la red de uno de los dos lados retenga el video. Pruebe otra, como los datos móviles de un teléfono en lugar del wifi de la clínica, y después pulse Reconectar. Su servicio informático puede dejarlo pasar: el puerto UDP 10000 hacia el sistema de video, o el puerto 443 hacia su relevo.',
      theirs:
        'Se retiene en el otro lado y no en el suyo. Allí se les dice que prueben datos móviles en lugar de wifi, o al revés.',
    },
  },
  reconnect: 'Reconectar',
  call: (phone) => `O llame al ${isolated(phone)}`,
  callNamed: (name, phone) => `O llame a ${isolated(name)}: ${isolated(phone)}`,
  byTelephone: 'Si sigue así, continúe por teléfono.',
}
