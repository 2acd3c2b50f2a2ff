// In Spanish: what a patient reads who came while the door was locked.
import type * as English from '../../../door/locked-words.ts'

export const lockedWords: typeof English.lockedWords = {
  title: 'La sala de espera está cerrada por un rato.',
  why: 'Su profesional de salud la cerró para quienes todavía no están en ella. Puede abrirla, o dejarle entrar solo a usted, en cualquier momento.',
  seen: (clock) => `Su clínica ve que usted intentó entrar a las ${clock}.`,
  keepOpen: 'Deje esta página abierta: sigue por sí sola.',
  trying: 'Seguimos intentándolo.',
  coming: 'Ya puede pasar a la sala de espera.',
  leave: 'No esperar más',
}
