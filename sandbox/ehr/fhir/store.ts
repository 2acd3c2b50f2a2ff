// Owns the resources the EHR keeps: numbered versions, one change at a time, and transactions that leave no trace when they fail.
// Asks nobody for permission and validates nothing: that is the view's business.
import type { WithId } from '@medplum/core'
import type { CreateResourceOptions } from '@medplum/fhir-router'
import type { Resource } from '@medplum/fhirtypes'
import type { FhirResource } from 'fhir/r4'
import type { FhirOf } from '../contract.ts'
import { MemoryRepository } from './medplum.ts'

type Type = FhirResource['resourceType']

export type Store = {
  repository: Kept
  get<T extends Type>(type: T, id: string): FhirOf<T> | undefined
  all<T extends Type>(type: T): FhirOf<T>[]
  put(resource: FhirResource): Promise<void>
  remove(type: Type, id: string): Promise<void>
  /** Runs alone: nobody else reads or writes until it is done. */
  alone<T>(work: () => Promise<T>): Promise<T>
}

/** Medplum's repository with numbers for versions, the clinic's clock, and a journal to undo a transaction by. */
class Kept extends MemoryRepository {
  readonly latest = new Map<string, WithId<Resource>>()
  private readonly now: () => Date
  private journal: { key: string; versions: readonly WithId<Resource>[] }[] | undefined

  constructor(now: () => Date) {
    super()
    this.now = now
  }

  override async createResource<T extends Resource>(
    resource: T,
    _options?: CreateResourceOptions,
    update = false,
  ): Promise<WithId<T>> {
    const id = resource.id ?? this.generateId()
    const key = `${resource.resourceType}/${id}`
    await this.note(key)
    const versionId = String(Number(this.latest.get(key)?.meta?.versionId ?? 0) + 1)
    const meta = { ...resource.meta, versionId, lastUpdated: this.now().toISOString() }
    const kept = await this.withSeeding(() => super.createResource({ ...resource, id, meta }, undefined, update))
    this.latest.set(key, kept)
    return kept
  }

  override async deleteResource(type: string, id: string): Promise<void> {
    await this.note(`${type}/${id}`)
    await super.deleteResource(type, id)
    this.latest.delete(`${type}/${id}`)
  }

  override async withTransaction<R>(callback: (repository: this) => Promise<R>): Promise<R> {
    if (this.journal) return callback(this)
    this.journal = []
    try {
      return await callback(this)
    } catch (error) {
      await this.undo()
      throw error
    } finally {
      this.journal = undefined
    }
  }

  /** Remembers all versions of a resource before its first change in this transaction. */
  private async note(key: string): Promise<void> {
    if (!this.journal || this.journal.some((entry) => entry.key === key)) return
    const [type = '', id = ''] = key.split('/')
    const known = this.latest.has(key) ? ((await this.readHistory(type, id)).entry ?? []) : []
    const versions = known.flatMap(({ resource }) => (resource?.id ? [{ ...resource, id: resource.id }] : []))
    const number = ({ meta }: Resource) => Number(meta?.versionId)
    this.journal.push({ key, versions: versions.sort((a, b) => number(a) - number(b)) })
  }

  private async undo(): Promise<void> {
    for (const { key, versions } of (this.journal ?? []).toReversed()) {
      const [type = '', id = ''] = key.split('/')
      await this.expungeResources(type, [id])
      this.latest.delete(key)
      for (const version of versions) {
        await this.withSeeding(() => super.createResource(version, undefined, true))
        this.latest.set(key, version)
      }
    }
  }
}

export async function newStore(resources: readonly FhirResource[], now: () => Date): Promise<Store> {
  const repository = new Kept(now)
  let last: Promise<unknown> = Promise.resolve()
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    // Whoever fails tells its own caller; the next in the queue only has to wait.
    last = turn.catch(() => undefined)
    return turn
  }
  // Sound, here and below: fhir/r4 and Medplum describe the same R4 resources in two sets of types.
  const asMedplum = (resource: FhirResource) => structuredClone(resource) as unknown as Resource
  const store: Store = {
    repository,
    alone,
    get: <T extends Type>(type: T, id: string) =>
      structuredClone(repository.latest.get(`${type}/${id}`)) as FhirOf<T> | undefined,
    all: <T extends Type>(type: T) =>
      [...repository.latest.values()]
        .filter((one) => one.resourceType === type)
        .map((one) => structuredClone(one)) as unknown as FhirOf<T>[],
    put: (resource) => alone(async () => void (await repository.createResource(asMedplum(resource), undefined, true))),
    remove: (type, id) => alone(() => repository.deleteResource(type, id)),
  }
  for (const resource of resources) await store.put(resource)
  return store
}
