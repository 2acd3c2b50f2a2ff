// Owns the two ways the authorization server says no: an RFC 6749 error, or a page when the browser has nowhere safe to go.

export type OAuthCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'unauthorized_client'
  | 'unsupported_response_type'
  | 'unsupported_grant_type'
  | 'access_denied'
  | 'temporarily_unavailable'

/** Goes to the client: as JSON from the token endpoint, in the redirect from the authorization endpoint. */
export class OAuthError extends Error {
  readonly code: OAuthCode
  /** Where the token endpoint answers with another status than RFC 6749's. */
  readonly status: number | undefined
  constructor(code: OAuthCode, description: string, options?: ErrorOptions & { status?: number }) {
    super(description, options)
    this.code = code
    this.status = options?.status
  }
}

/** Goes to the person as a page: the client or its redirect_uri is not known, so nobody is sent there (RFC 6749, 4.1.2.1). */
export class NowhereToGo extends Error {}
