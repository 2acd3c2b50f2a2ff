// What stands in the place of the check where a person has said how they go on: by telephone, not today, or once the door is no longer locked.
// Comes when it is wanted.
import type { Place, TellDevices } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { ClinicKnows } from './by-telephone.tsx'
import { LockedDoor } from './locked.tsx'
import { cannotWords } from './meanwhile-words.ts'
import { telephoneWords } from './telephone-words.ts'

type NotAtDoorProps = Omit<Parameters<typeof LockedDoor>[0], 'door'> & {
  readonly place: Extract<Place, { at: 'outside' }>
  /** Tells the clinic what does not work; answers what stood in the way. */
  onTell(devices: TellDevices): Promise<Problem | undefined>
}

export function NotAtDoor({ place: { byTelephone, cannotCome, locked }, onTell, ...page }: NotAtDoorProps) {
  if (locked !== undefined) return <LockedDoor {...page} door={locked} />
  const since = cannotCome ?? byTelephone
  if (since === undefined) return null
  const words = cannotCome === undefined ? telephoneWords : cannotWords
  return <ClinicKnows me={page.me} view={page.view} {...{ since, words }} onVideo={() => onTell({})} />
}
