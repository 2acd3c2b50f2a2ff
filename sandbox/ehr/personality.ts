// Owns what makes one vendor's EHR differ from another's: what it advertises, what it lets whom ask for, what it stores.
// Each personality is one file of data and small functions under personalities/.
import type { UserType } from './contract.ts'

export type Interaction = 'read' | 'vread' | 'search-type' | 'create' | 'update'

export type Personality = {
  name: string
  /** smart-configuration's `capabilities`, word for word. */
  capabilities: readonly string[]
  /** The widest resource scopes (v2) a user of this kind can ever be granted. */
  may(user: UserType): readonly string[]
  /** The FHIR types served, and what can be done with each. */
  types: Readonly<Record<string, readonly Interaction[]>>
  system: readonly ('transaction' | 'batch')[]
  conditionalCreate: boolean
  accessTokenSeconds: number
  /** Whether a used refresh token is replaced by a new one. */
  rotatesRefreshTokens: boolean
}
