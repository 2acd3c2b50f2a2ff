// In Spanish: the words of a page before it knows who is signed in.
import type * as English from '../../words.ts'

export const shell: typeof English.shell = {
  language: 'es',
  direction: 'ltr',
  title: 'Consulta por video',
  noScript: 'JavaScript está desactivado',
  switchOn:
    'La consulta por video lo necesita. Actívelo en su navegador. Si es paciente, también puede llamar a su profesional de salud.',
}

export const opening: typeof English.opening = {
  title: 'Abriendo su consulta',
  waiting: {
    now: 'Cargando los datos de su clínica…',
    still: 'Seguimos esperando a su clínica. Está tardando más de lo habitual.',
  },
}
