// In which languages this page can be read, and the choice among them, which the browser keeps until it is closed and brings with each page it
// asks for. Says nothing of anybody but that.

/** BCP 47, as the server wrote them into the page; none where there is nothing to choose. */
export const languagesHere = (): readonly string[] => document.documentElement.dataset.languages?.split(' ') ?? []

/** The page comes again in this language, at the same place. Where a browser keeps no cookie for us, it comes as it was. */
export function readIn(language: string): void {
  const name = location.protocol === 'https:' ? '__Secure-housecall-language' : 'housecall-language'
  try {
    // Of the kind that an EHR's frame keeps, as http/cookies.ts sets ours.
    Reflect.set(document, 'cookie', `${name}=${language}; Path=/; Secure; SameSite=None; Partitioned`)
  } catch {
    // A frame without an origin of its own keeps none.
  }
  location.reload()
}
