// The redirect URIs that an EHR of a test's world has registered for us.

/** Whichever organisation lists this EHR: its issuers keep the names of the one it was made for. */
export function redirectUris(url: string, which: number, organisations: readonly string[] = ['riverside']): string[] {
  const its = organisations[which] ?? ''
  const names = [its, `${its}-clinicians`, `${its}-patients`]
  return organisations.flatMap((id) => names.map((name) => `${url}/smart/callback/${id}/${name}`))
}
