// Owns what one caller sees of the store: every read, search and write goes through their scopes, and every write through
// validation. A transaction's writes are all kept, or none.
import type { SearchRequest, WithId } from '@medplum/core'
import type { CreateResourceOptions, TransactionOptions, UpdateResourceOptions } from '@medplum/fhir-router'
import type { Bundle, BundleEntry, Reference, Resource } from '@medplum/fhirtypes'
import type { Hospital } from '../hospital.ts'
import type { Interaction, Writing } from '../personality.ts'
import { validate } from '../validate.ts'
import type { Access } from './access.ts'
import { FhirRepository, getExtraEntries, OperationOutcomeError, tooManyRequests } from './medplum.ts'
import { refuse, refuseAll } from './outcomes.ts'
import { patched, readPatch } from './patch.ts'
import { unchanged } from './read-only.ts'
import { danglingReferences } from './references.ts'
import { asksInVain, defaultCount, maxCountOf } from './search.ts'

export class View extends FhirRepository {
  private readonly hospital: Hospital
  private readonly access: Access
  private depth = 0
  private written: Resource[] = []

  constructor(hospital: Hospital, access: Access) {
    super()
    this.hospital = hospital
    this.access = access
  }

  private get kept() {
    return this.hospital.store.repository
  }

  override setMode(): void {}

  override generateId(): string {
    return this.kept.generateId()
  }

  override async readResource<T extends Resource>(type: string, id: string): Promise<WithId<T>> {
    this.mustServe('read', type)
    this.mustType('r', type)
    // Sound: the repository keeps resources under their own type.
    const found = this.kept.latest.get(`${type}/${id}`) as WithId<T> | undefined
    // Another patient's record looks like no record at all: that it exists is already news.
    if (!found || !this.access.mayResource('r', found)) throw refuse(404, 'not-found', `There is no ${type}/${id}.`)
    return structuredClone(found)
  }

  override async readVersion<T extends Resource>(type: string, id: string, version: string): Promise<WithId<T>> {
    this.mustServe('vread', type)
    await this.readResource(type, id)
    const found = await this.kept.readVersion<T>(type, id, version)
    return { ...found, id }
  }

  override async readReference<T extends Resource>({ reference = '' }: Reference<T>): Promise<WithId<T>> {
    const [type = '', id = ''] = reference.replace(`${this.hospital.iss}/`, '').split('/')
    return this.readResource<T>(type, id)
  }

  override async readReferences<T extends Resource>(references: readonly Reference<T>[]): Promise<(T | Error)[]> {
    // What may not be read, or is not there, is left out of an _include without a word.
    return Promise.all(references.map((one) => this.readReference(one).catch((error: Error) => error)))
  }

  override async search<T extends Resource>(request: SearchRequest<T>): Promise<Bundle<WithId<T>>> {
    const { count = defaultCount, offset = 0, include, ...asked } = request
    this.mustServe('search-type', request.resourceType)
    this.mustType('s', request.resourceType)
    const inVain = asksInVain(this.hospital.personality, request)
    const all = inVain ? [] : ((await this.kept.search<T>(asked)).entry ?? [])
    const allowed = all.filter(({ resource }) => resource && this.access.mayResource('s', resource))
    const page = allowed.slice(offset, offset + Math.min(count, maxCountOf(this.hospital.personality)))
    const entry: BundleEntry[] = [...page]
    const matches = page.flatMap(({ resource }) => resource ?? [])
    if (include) await getExtraEntries(this, { resourceType: request.resourceType, include }, matches, entry)
    // Sound: included resources are of other types, as in every searchset.
    return {
      resourceType: 'Bundle',
      type: 'searchset',
      total: allowed.length,
      entry: entry as BundleEntry<WithId<T>>[],
    }
  }

  override async createResource<T extends Resource>(resource: T, options?: CreateResourceOptions): Promise<WithId<T>> {
    const { id, ...rest } = resource
    const type = resource.resourceType
    this.mustServe('create', type)
    this.mustType('c', type)
    this.mayBeRefused(type, 'POST')
    // A client's own id is ignored on create (R4, 3.1.0.8); one assigned by the router for a transaction is kept.
    const whole = { ...rest, id: options?.assignedId ? id : this.generateId() } as T
    this.mustResource('c', whole)
    if (type === 'Encounter' && this.hospital.faults.strike('encounter-create-refused')) {
      throw refuse(403, 'forbidden', 'Encounters are made by registration here, not by apps.')
    }
    const received = this.received(whole, 'create')
    await this.mustBeValid(received)
    return this.keep(await this.kept.createResource(received))
  }

  override async updateResource<T extends Resource>(resource: T, options?: UpdateResourceOptions): Promise<WithId<T>> {
    const { resourceType: type } = resource
    this.mustServe('update', type)
    this.mayBeRefused(type, 'PUT')
    const before = this.mustChange(resource, options)
    const received = this.received(resource, 'update', before)
    await this.mustBeValid(received)
    return this.keep(await this.kept.updateResource(received))
  }

  override async patchResource<T extends Resource>(
    type: T['resourceType'],
    id: string,
    patch: unknown,
    options?: UpdateResourceOptions,
  ): Promise<WithId<T>> {
    this.mustServe('patch', type)
    this.mayBeRefused(type, 'PATCH')
    const { fhir } = this.hospital.personality
    const stub = this.kept.latest.get(`${type}/${id}`) ?? ({ resourceType: type, id } as Resource)
    const before = this.mustChange(stub, fhir?.ifMatch === 'put-only' ? undefined : options)
    const after = patched(before, readPatch(patch), fhir?.patchable?.[type] ?? [])
    const received = this.received(after, 'patch', before)
    await this.mustBeValid(received)
    // Sound: the patch touches neither resourceType nor id.
    return this.keep((await this.kept.updateResource(received)) as WithId<T>)
  }

  /** What there is of the resource, if this caller may change it, and nobody else has meanwhile. */
  private mustChange(resource: Resource, options: UpdateResourceOptions | undefined): WithId<Resource> {
    const { resourceType: type, id = '' } = resource
    this.mustType('u', type)
    const before = this.kept.latest.get(`${type}/${id}`)
    if (!before) throw refuse(405, 'not-supported', `There is no ${type}/${id}, and ids are given here, not chosen.`)
    if (!this.access.mayResource('u', before)) throw refuse(404, 'not-found', `There is no ${type}/${id}.`)
    this.mustResource('u', resource)
    const isRequired = this.hospital.personality.fhir?.ifMatch === 'required'
    if (isRequired && !options?.ifMatch) throw refuse(412, 'conflict', 'If-Match is needed here.')
    if (options?.ifMatch && options.ifMatch !== before.meta?.versionId) {
      const status = isRequired ? 409 : 412
      throw refuse(status, 'conflict', `${type}/${id} is at version ${before.meta?.versionId} by now.`)
    }
    return before
  }

  /** What the personality makes of it. */
  private received<T extends Resource>(resource: T, interaction: Writing['interaction'], before?: Resource): T {
    const { personality, store, iss } = this.hospital
    const writing = { interaction, store, iss, user: this.access.user, ...(before && { before }) }
    // Sound, both: a personality changes elements of a resource, and never its type.
    const received = (personality.fhir?.receive?.(resource, writing) ?? resource) as T
    return (before === undefined ? received : unchanged(this.hospital, received, before)) as T
  }

  /** Refused by the fault `write-refused`, alone or in a Bundle. */
  private mayBeRefused(type: string, method: string): void {
    const { status = 403 } = this.hospital.faults.strike('write-refused', { types: [type], method }) ?? { status: 0 }
    // Medplum's router stops a batch at this outcome of its own, and at no other.
    if (status === 429) throw new OperationOutcomeError(tooManyRequests)
    if (status > 0) throw refuse(status, status === 403 ? 'forbidden' : 'processing', `This ${type} is not taken.`)
  }

  override async readHistory(): Promise<never> {
    throw refuse(405, 'not-supported', 'History is not served here.')
  }

  override async searchByReference(): Promise<never> {
    throw refuse(400, 'not-supported', 'This search is not served here.')
  }

  override async deleteResource(type: string): Promise<never> {
    throw refuse(405, 'not-supported', `A ${type} cannot be deleted here: mark it entered-in-error.`)
  }

  override async withTransaction<R>(work: (view: this) => Promise<R>, _options: TransactionOptions): Promise<R> {
    return this.kept.withTransaction(async () => {
      this.depth += 1
      try {
        const result = await work(this)
        // References are looked up at the end: entries of one transaction may point to each other in any order.
        if (this.depth === 1) for (const resource of this.written) this.mustPointSomewhere(resource)
        return result
      } finally {
        this.depth -= 1
      }
    })
  }

  private keep<T extends Resource>(resource: WithId<T>): WithId<T> {
    this.written.push(resource)
    return resource
  }

  private async mustBeValid(resource: Resource): Promise<void> {
    const issues = validate(resource)
    if (issues.length > 0) throw refuseAll(422, issues)
    if (this.depth === 0) this.mustPointSomewhere(resource)
  }

  private mustPointSomewhere(resource: Resource): void {
    if (this.hospital.personality.fhir?.takesDanglingReferences) return
    const dangling = danglingReferences(resource, this.hospital)
    if (dangling.length === 0) return
    throw refuse(422, 'not-found', `These references point to nothing here: ${dangling.join(', ')}.`)
  }

  private mustServe(interaction: Interaction, type: string): void {
    const served = this.hospital.personality.types[type]
    if (!served) throw refuse(404, 'not-supported', `There is no ${type} here.`)
    if (!served.includes(interaction)) throw refuse(405, 'not-supported', `${interaction} is not possible for ${type}.`)
  }

  private mustType(letter: 'c' | 'r' | 'u' | 's', type: string): void {
    if (this.access.mayType(letter, type)) return
    throw refuse(403, 'forbidden', `The granted scope does not reach ${type} (${letter}).`)
  }

  private mustResource(letter: 'c' | 'u', resource: Resource): void {
    if (this.access.mayResource(letter, resource)) return
    throw refuse(403, 'forbidden', `The granted scope does not reach this ${resource.resourceType}.`)
  }
}
