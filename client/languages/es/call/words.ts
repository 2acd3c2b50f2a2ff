// In Spanish: what is read in a call.
import { isolated } from '../../../base/isolated.ts'
import { plural } from '../../../base/plural.ts'
import type * as English from '../../../call/words.ts'

const number = plural('es')
const list = new Intl.ListFormat('es')
const plainList = new Intl.ListFormat('es', { type: 'unit', style: 'short' })

export const callWords: typeof English.callWords = {
  frame: 'Videollamada',
  room: {
    now: 'Cargando la sala de video…',
    still: 'Seguimos esperando la sala de video. Está tardando más de lo habitual.',
  },
  lobby: {
    clinician: {
      now: 'Esperando a que se abra la sala…',
      still: 'Seguimos esperando a que se abra la sala. Está tardando más de lo habitual.',
    },
    patient: {
      now: 'Un momento, ya viene la imagen.',
      still: 'Seguimos esperando a que su profesional de salud abra la sala. Está tardando más de lo habitual.',
    },
  },
  lost: 'Se perdió su conexión. Lo estamos intentando.',
  again: 'Volver a intentarlo',
  tryNow: 'Intentarlo ahora',
  knockAgain: 'Pedir otra vez',
  phone: (phone) => `O llame al ${isolated(phone)}`,
  support: (code) => `Código para soporte: ${code}`,
  joined: 'Está en la llamada.',
  recorded: 'Esta consulta se está grabando.',
  exhausted: 'La llamada no se mantiene. Vuelva a conectar o continúe por teléfono.',
  reconnect: 'Reconectar',
}

export const restoredWords: typeof English.restoredWords = {
  title: 'No está en la llamada',
  todo: 'Esta página se abrió de nuevo. Su cámara y su micrófono están apagados. La consulta sigue y usted puede entrar.',
  again: 'Entrar en la llamada',
}

export const leftWords: typeof English.leftWords = {
  title: 'Salió de la llamada',
  todo: 'La consulta sigue. Puede volver.',
  again: 'Volver a la llamada',
}

export const troubleWords: typeof English.troubleWords = {
  entry: {
    title: 'La sala de video no se abrió para usted',
    todo: 'Vuelva a intentarlo: recibirá una nueva entrada.',
    again: 'Volver a intentarlo',
    support: 'V1',
  },
  'turned-away': {
    title: 'La sala de video no se abrió',
    todo: 'Pida otra vez.',
    again: 'Pedir otra vez',
    support: 'V2',
  },
  removed: {
    title: 'Le sacaron de la llamada',
    todo: 'Si fue una equivocación, vuelva.',
    again: 'Volver',
    support: 'V3',
  },
  ended: {
    title: 'La llamada terminó',
    todo: 'Si la consulta sigue, puede volver.',
    again: 'Volver',
    support: 'V4',
  },
  full: {
    title: 'La sala de video está llena',
    todo: 'Espere un momento y vuelva a intentarlo.',
    again: 'Volver a intentarlo',
    support: 'V5',
  },
  'no-room': {
    title: 'La videollamada no se cargó',
    todo: 'Puede ser su conexión a internet o algo de nuestra parte. Vuelva a intentarlo o continúe por teléfono.',
    again: 'Volver a intentarlo',
    support: 'V7',
  },
  elsewhere: {
    title: 'Abrió la consulta en otro lugar',
    todo: 'La llamada sigue allí. También puede traerla de nuevo a esta página.',
    again: 'Usar esta página',
    support: 'V9',
  },
  unknown: {
    title: 'La videollamada no empezó',
    todo: 'Vuelva a intentarlo o continúe por teléfono.',
    again: 'Volver a intentarlo',
    support: 'V8',
  },
}

export const reopenedWords: typeof English.reopenedWords = {
  ends: 'La llamada se abrió de nuevo para que pueda continuar.',
  word: 'La llamada se abrió de nuevo, como todos acordaron.',
  slept: 'Su dispositivo estaba en reposo. Está de nuevo en la llamada.',
  cut: 'La conexión se perdió por un rato. Está de nuevo en la llamada.',
  unseen: 'Los demás ya no podían verle. Está de nuevo en la llamada.',
  unheard: 'La imagen se quedó quieta. La llamada se abrió de nuevo.',
  bridge: 'El video se había detenido. Está de nuevo en la llamada.',
  line: 'La conexión se perdió por un rato. Está de nuevo en la llamada.',
  shut: 'Al principio el sistema de video no abría la sala. Ahora está en la llamada.',
  silence: 'Al principio la sala de video no respondía. Ahora está en la llamada.',
}

export const lostWords: typeof English.lostWords = {
  bridge: {
    now: 'El video se detuvo. El sistema de video dice que le falta una parte. La llamada vuelve por sí sola.',
    still:
      'El video sigue sin llegar. Quédese en esta página: la llamada vuelve por sí sola y no necesita pulsar nada.',
  },
  line: {
    now: 'Se perdió la conexión con el video. La llamada vuelve por sí sola.',
    still:
      'Sigue sin haber conexión con el video. Quédese en esta página: la llamada vuelve por sí sola y no necesita pulsar nada.',
  },
  shut: {
    now: 'El sistema de video todavía no abre la sala. Se intenta de nuevo por sí solo.',
    still:
      'El sistema de video sigue sin abrir la sala. Quédese en esta página: la llamada empieza por sí sola y no necesita pulsar nada.',
  },
  silence: {
    now: 'La sala de video todavía no responde. Se intenta de nuevo por sí sola.',
    still:
      'La sala de video sigue sin responder. Quédese en esta página: la llamada empieza por sí sola y no necesita pulsar nada.',
  },
  support: 'V6',
}

export const whoIsHereWords: typeof English.whoIsHereWords = {
  alone: 'En la llamada no hay nadie más que usted.',
  aloneSince:
    'La consulta sigue abierta y puede que vuelvan: quédese aquí. Si no viene nadie en unos minutos, llame a la clínica.',
  aloneYet: 'Quédese aquí. Si no viene nadie en unos minutos, llame a la clínica.',
  here: (names) => {
    const listed = list.format(names.map(isolated))
    return number(names.length, { one: `${listed} está aquí.`, other: `${listed} están aquí.` })
  },
  backSoon: (name, clock) => `${isolated(name)} vuelve enseguida (ausente desde las ${clock}).`,
  coming: (names) => {
    const listed = list.format(names.map(isolated))
    return number(names.length, { one: `${listed} está entrando.`, other: `${listed} están entrando.` })
  },
  gone: (name, clock) => `${isolated(name)} salió a las ${clock}.`,
}

export const hintWords: typeof English.hintWords = {
  microphoneFailed: 'Su micrófono no funciona aquí: nadie le oye. Permítalo para esta página y vuelva a conectar.',
  microphoneOff: 'Su micrófono está apagado: nadie le oye.',
  cameraFailed: 'Su cámara no funciona aquí: nadie le ve. Permítala para esta página y vuelva a conectar.',
  cameraOff: 'Su cámara está apagada.',
  bothFailed:
    'Su cámara y su micrófono no funcionan aquí: nadie le ve ni le oye. Permítalos para esta página y vuelva a conectar.',
  bothOff: 'Su cámara y su micrófono están apagados: nadie le ve ni le oye.',
}

export const qualityWords: typeof English.qualityWords = {
  paused: 'El video está en pausa para conservar el sonido.',
  spoken: 'El video está en pausa para conservar el sonido.',
  videoOn: 'Volver a activar el video',
  phone: (phone) => `¿Tampoco hay sonido? Llame al ${isolated(phone)}`,
}

const nameless = 'alguien sin nombre'

export const uninvitedWords: typeof English.uninvitedWords = {
  atRoomDoor: (names) =>
    `También ante la puerta de la propia sala, sin que se le dejara entrar: ${plainList.format(names.map((name) => (name ? isolated(name) : nameless)))}`,
  inCall: (name) => `En la llamada, sin que se le dejara entrar por su puerta: ${name ? isolated(name) : nameless}.`,
  takeOut: 'Sacar',
}

export const recordingWords: typeof English.recordingWords = {
  title: 'Grabación',
  unasked: 'Esta consulta se está grabando y no se preguntó a nadie. Dígalo o salga de la llamada.',
  runs: 'Todos aceptaron: esta consulta se está grabando.',
  stopping: 'No todos aceptan: la grabación se está deteniendo. Si continúa, salga de la llamada.',
  question:
    'Su profesional de salud desea grabar esta consulta. Solo se graba si todos aceptan, y usted puede detener la grabación en cualquier momento. La consulta sigue en los dos casos.',
  refused: 'Usted no aceptó. Esta consulta no se graba.',
  allAgreed: 'Todos aceptaron: esta consulta ya se puede grabar.',
  agreed: 'Usted aceptó. Todavía no se graba: faltan otras personas por aceptar.',
  yes: 'Sí, acepto',
  yesNow: 'Ahora acepto',
  no: 'No, no grabar',
  stop: 'Detener la grabación',
  takeBack: 'Retirar mi respuesta',
}
