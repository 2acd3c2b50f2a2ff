// In French: what is read when two people are in the call and neither picture nor sound comes through.
import { isolated } from '../../../base/isolated.ts'
import type * as English from '../../../call/blocked-words.ts'

export const blockedWords: typeof English.blockedWords = {
  what: 'Ni image ni son ne passent.',
  todo: {
    patient: {
      unknown:
        'Le réseau d’un des deux côtés retient peut-être la vidéo. Essayez-en un autre : les données mobiles à la place du wifi, ou l’inverse. Appuyez ensuite sur Reconnecter.',
      theirs: 'Elle est retenue de l’autre côté, et tout va bien du vôtre. On dit à l’autre côté quoi essayer.',
    },
    clinician: {
      unknown:
        'Le réseau d’un des deux côtés retient peut-être la vidéo. Essayez-en un autre, comme les données mobiles d’un téléphone à la place du wifi de la clinique, puis appuyez sur Reconnecter. Votre service informatique peut la laisser passer : le port UDP 10000 vers le système vidéo, ou le port 443 vers son relais.',
      theirs:
        'Elle est retenue de l’autre côté, et non du vôtre. On dit à l’autre côté d’essayer les données mobiles à la place du wifi, ou l’inverse.',
    },
  },
  reconnect: 'Reconnecter',
  call: (phone) => `Ou appelez le ${isolated(phone)}`,
  callNamed: (name, phone) => `Ou appelez ${isolated(name)} : ${isolated(phone)}`,
  byTelephone: 'Si rien ne change, continuez par téléphone.',
}
