// In Spanish: what somebody reads who was invited, before they have pressed.
import type * as English from '../../../launch/join-words.ts'

export const joinWords: typeof English.joinWords = {
  title: 'Le invitaron a una consulta por video',
  first:
    'Use el teléfono o el ordenador con el que quiere que le vean y le oigan. Después su invitación vale solo para este navegador.',
  go: 'Ir a la sala de espera',
  going: 'Abriendo la sala de espera…',
  haveCode: 'Tengo un código',
  codeTitle: 'Escriba su código',
  codeFirst: 'El código tiene diez letras y números. Está en su invitación.',
  code: 'Código',
  example: 'Por ejemplo: 7KPT2-XQ4RD',
}
