// What crosses the wire before anybody is signed in. Part of wire.ts, through which the client reads it.

/** `GET /smart/organisations`: whom one can sign in to when no EHR opened the page. `signIn` is a path of ours. */
export type OrganisationList = { readonly organisations: readonly OrganisationLink[] }
export type OrganisationLink = { readonly name: string; readonly title: string; readonly signIn: string }
