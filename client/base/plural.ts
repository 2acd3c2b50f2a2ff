// Chooses the form of a sentence that a number asks for, by its language's own rules.
// Refuses, when compiled, a sentence that lacks one of the forms its language has.

/** The forms a language has (CLDR's cardinal plurals). A language that is not here yet gets a line. */
type Forms = {
  readonly en: 'one' | 'other'
  readonly ar: 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
}

/** What chooses among the whole sentences of one language. */
export function plural<Language extends keyof Forms>(language: Language) {
  const rules = new Intl.PluralRules(language)
  return (n: number, sentences: Readonly<Record<Forms[Language], string>>): string =>
    sentences[rules.select(n) as Forms[Language]] // sound: the table above has every form the rules can name
}
