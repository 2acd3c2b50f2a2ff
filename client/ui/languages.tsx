// The languages in which this page can be read, each by its own name; nothing where there is one alone.
import { languagesHere, readIn } from '../base/language.ts'
import { page } from './words.ts'

/** As people who read it call it: `français`, `العربية`. */
const ownName = (language: string): string =>
  new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language

export function Languages() {
  const all = languagesHere()
  if (all.length === 0) return null
  return (
    <nav class="languages" aria-label={page.languages}>
      {all.map((one) => (
        <button
          type="button"
          class="plain"
          key={one}
          lang={one}
          aria-current={one === document.documentElement.lang}
          onClick={() => readIn(one)}
        >
          {ownName(one)}
        </button>
      ))}
    </nav>
  )
}
