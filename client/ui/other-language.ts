// Whether somebody speaks another language than the clinician's screens are in.

/** As a text, or as a code (BCP 47). */
export const isOtherLanguage = (language: string | undefined): language is string =>
  language !== undefined && !/^en(?:glish)?(?:[-_ (,].*)?$/i.test(language)
