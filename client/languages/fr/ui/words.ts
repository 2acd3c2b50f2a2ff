// In French: the words of the widgets, of times and of tabs.
import { isolated } from '../../../base/isolated.ts'
import { plural } from '../../../base/plural.ts'
import type * as English from '../../../ui/words.ts'

const number = plural('fr')

export const wait: typeof English.wait = {
  again: 'Recharger la page',
}

export const waitForVisit: typeof English.waitForVisit = {
  now: 'Chargement de votre consultation…',
  still: 'Toujours en attente de votre consultation. Cela prend plus de temps que d’habitude.',
}

export const title: typeof English.title = 'Consultation vidéo'

export const page: typeof English.page = {
  signOut: 'Se déconnecter',
  help: 'Besoin d’aide ?',
  elsewhere: 'Suis-je connecté ailleurs ?',
  call: (phone) => `Appelez la clinique : ${isolated(phone)}`,
  languages: 'Langue',
  signedOut: 'Vous êtes déconnecté',
  close: 'Vous pouvez fermer cette page.',
}

export const detailsTitle: typeof English.detailsTitle = 'Détails'

export const clinicNamed: typeof English.clinicNamed = ({ name, phone }) => `${isolated(name)} : ${isolated(phone)}`

export const phoneLink: typeof English.phoneLink = (phone) => `Appeler le ${isolated(phone)}`

function lasting(seconds: number): string {
  if (seconds < 120)
    return number(seconds, {
      one: 'Il a demandé une seconde.',
      other: `Il a demandé ${seconds} secondes.`,
    })
  if (seconds < 7200) return `Il a demandé ${Math.ceil(seconds / 60)} minutes.`
  return `Il a demandé ${Math.ceil(seconds / 3600)} heures.`
}

export const problem: typeof English.problem = {
  again: 'Réessayer',
  back: 'Revenir à vos consultations',
  choose: 'Choisir votre clinique',
  signIn: 'Ou connectez-vous ici',
  apart: 'Ouvrir dans une fenêtre à part',
  wait: lasting,
  support: (code) => ['Code pour l’assistance : ', code],
  headline: (title) => `${title}.`,
  request: (number) => `Pour l’assistance, en entier : ${number}`,
}

export const times: typeof English.times = {
  language: 'fr',
  habit: 'fr',
  asked: '',
  today: (clock) => `aujourd’hui à ${clock}`,
  on: (day, clock) => `le ${day} à ${clock}`,
  zoned: (time, zone) => `${time} (${zone})`,
  moment: 'moins d’une minute',
  minutes: (minutes) => (minutes === 0 ? 'moins d’1 min' : `${minutes} min`),
  hours: (hours, minutes) => (minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`),
  about: (age) => `environ ${age}`,
  lessThan: (age) => `moins de ${age}`,
}
