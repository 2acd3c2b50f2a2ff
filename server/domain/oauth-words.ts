// The words of others that may stand in our log: OAuth's errors and the names of signing algorithms, as their registries list them.
// Refuses nothing: whatever else was said is `other`, since an address that anybody can send us may hold any text.

/** RFC 6749, 4.1.2.1 and 5.2; OpenID Connect Core 1.0, 3.1.2.6. */
export const oauthWords = [
  'invalid_request',
  'unauthorized_client',
  'access_denied',
  'unsupported_response_type',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
  'invalid_client',
  'invalid_grant',
  'unsupported_grant_type',
  'interaction_required',
  'login_required',
  'account_selection_required',
  'consent_required',
  'invalid_request_uri',
  'invalid_request_object',
  'request_not_supported',
  'request_uri_not_supported',
  'registration_not_supported',
  'other',
] as const

/** RFC 7518, 3.1; RFC 8037, 3.1; RFC 8812, 3.2; RFC 9864, 2.2. */
export const algorithmWords = [
  ...(['none', 'HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'] as const),
  ...(['ES256', 'ES384', 'ES512', 'ES256K', 'EdDSA', 'Ed25519', 'Ed448', 'other'] as const),
] as const

export type OAuthWord = (typeof oauthWords)[number]
export type AlgorithmWord = (typeof algorithmWords)[number]

export const oauthWordIn = (said: unknown): OAuthWord => oauthWords.find((one) => one === said) ?? 'other'
export const algorithmWordIn = (said: unknown): AlgorithmWord => algorithmWords.find((one) => one === said) ?? 'other'
