// In Spanish: the words of the visit's own window.
import type * as English from '../../../frame/words.ts'

export const ownWindow: typeof English.ownWindow = {
  label: 'Su propia ventana',
  open: 'Abrir la consulta en su propia ventana',
  opening: 'Abriendo…',
  blocked: 'Su navegador no abrió ninguna ventana. Pulse esto antes de un minuto:',
}

export const barred: typeof English.barred = {
  title: 'La llamada necesita una ventana propia',
  page: {
    camera:
      'Esta ventana de su portal no permite la cámara. Abra la consulta en una ventana propia: allí su sesión está iniciada, en el mismo lugar.',
    microphone:
      'Esta ventana de su portal no permite el micrófono. Abra la consulta en una ventana propia: allí su sesión está iniciada, en el mismo lugar.',
    unknown:
      'Esta ventana de su portal no permite la cámara o el micrófono. Abra la consulta en una ventana propia: allí su sesión está iniciada, en el mismo lugar.',
  },
  part: {
    camera:
      'Esta ventana de su sistema de historias clínicas no permite la cámara. Abra la consulta en una ventana propia: allí su sesión está iniciada, en el mismo lugar.',
    microphone:
      'Esta ventana de su sistema de historias clínicas no permite el micrófono. Abra la consulta en una ventana propia: allí su sesión está iniciada, en el mismo lugar.',
    unknown:
      'Esta ventana de su sistema de historias clínicas no permite la cámara o el micrófono. Abra la consulta en una ventana propia: allí su sesión está iniciada, en el mismo lugar.',
  },
  stay: 'Seguir aquí de todos modos',
}

export const moved: typeof English.moved = {
  page: {
    title: 'La consulta está en su propia ventana',
    closed: 'La ventana de la consulta se cerró',
    here: 'Usted conserva su lugar. Puede dejar esta página abierta.',
    first: 'Cierre esa ventana antes de traer aquí la consulta.',
  },
  part: {
    title: 'La llamada está en su propia ventana',
    closed: 'La ventana de la llamada se cerró',
    here: 'Su nota se queda aquí, y la puerta también.',
    first: 'Cierre esa ventana antes de traer aquí la llamada.',
  },
  back: 'Traerla aquí de nuevo',
}
