// Chooses the form of a sentence that a number asks for, by its language's own rules.
// Refuses, when compiled, a sentence that lacks one of the forms its language has.

/**
 * The forms a language has (CLDR's cardinal plurals). Spanish and French have one more, for a million and the like, which is said as `other`. A
 * language that is not here yet gets a line.
 */
type Forms = {
  readonly en: 'one' | 'other'
  readonly es: 'one' | 'other'
  readonly fr: 'one' | 'other'
  readonly ar: 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
  readonly 'zh-Hans': 'other'
}

/** What chooses among the whole sentences of one language. */
export function plural<Language extends keyof Forms>(language: Language) {
  const rules = new Intl.PluralRules(language)
  return (n: number, sentences: Readonly<Record<Forms[Language] | 'other', string>>): string => {
    const all: Partial<Readonly<Record<string, string>>> = sentences
    return all[rules.select(n)] ?? sentences.other
  }
}
