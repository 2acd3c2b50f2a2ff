// One update of what was read before: sent with the version it is of, and believed by what the EHR then has. A status alone proves
// nothing: 200 may come with a body that says otherwise. Refuses nothing; what is not known is left out.

import { isFhirId } from '../domain/ehr/reference.ts'
import { leftAlone } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import {
  type Ehr,
  type ReadType,
  type Resource,
  resourceIn,
  type Versioned,
  type Write,
  type Written,
} from '../outside/ehr/ehr.ts'

type Change = Pick<Write, 'body'> & { readonly method: 'PUT' | 'PATCH' }
type Sending = Pick<Ehr, 'read'> & { readonly write: (write: Write) => Promise<Written> }

/**
 * `now`: the resource as it is after the update, by the answer itself (`by` is `answer`) or read again where the answer has none or was
 * lost (`look`); absent where the update was refused, or nothing can be read.
 */
export type Updated<T extends ReadType> = {
  readonly sent: Written
  readonly now?: Resource<T>
  readonly by: 'answer' | 'look'
}

/** Updates `kept`; its ETag must be there, for without it nothing says that it is still as it was read. */
export async function updated<T extends ReadType>(
  { read, write }: Sending,
  type: T,
  kept: Versioned<T> & { readonly etag: string },
  change: Change,
): Promise<Updated<T>> {
  const id = kept.resource.id
  const send = (ifMatch: string) => write({ ...change, path: `${type}/${id}`, ifMatch })
  const lookAgain = () => read(type, id).catch(leftAlone)
  const first = await send(kept.etag)
  const plain = await plainVersion(kept, first, lookAgain)
  const sent = plain === undefined ? first : await send(plain)
  if (sent.outcome !== 'written' && sent.outcome !== 'unknown') return { sent, by: 'answer' }
  const said = sent.outcome === 'written' ? resourceIn(type, sent.body, id) : undefined
  if (said !== undefined) return { sent, now: said, by: 'answer' }
  return { sent, by: 'look', ...given({ now: (await lookAgain())?.resource }) } as Updated<T> // sound: `now` is of that type
}

/**
 * After a 412: the version as R4 writes it in If-Match (3.1.0.5), where the resource is still of the version that was shown and only its
 * ETag was written otherwise (a proxy that packs makes `W/"1-gzip"` of it). Undefined where somebody changed it, or nothing tells.
 */
async function plainVersion(
  { resource, etag }: Versioned<ReadType> & { readonly etag: string },
  sent: Written,
  lookAgain: () => Promise<Versioned<ReadType> | undefined>,
): Promise<string | undefined> {
  if (sent.outcome !== 'refused' || sent.reason !== 'conflict') return undefined
  const shown = resource.meta?.versionId
  if (shown === undefined || !isFhirId(shown) || etag === `W/"${shown}"`) return undefined
  const again = await lookAgain()
  return again?.resource.meta?.versionId === shown ? `W/"${shown}"` : undefined
}
