// What the clinic tells its patients in its own words: what to do in an emergency, wherever they wait, and wherever something does not work; and who
// helps with the page.
import { type OwnTexts, ownText } from '../base/own-texts.ts'

export const Emergency = ({ of }: { of: OwnTexts }) => <Own of={of} which="emergency" />
export const Support = ({ of }: { of: OwnTexts }) => <Own of={of} which="support" />

function Own({ of, which }: { of: OwnTexts; which: 'emergency' | 'support' }) {
  const said = ownText(of, which)
  if (said === undefined) return null
  return (
    <p class={which} lang={said.lang} dir="auto">
      {said.text}
    </p>
  )
}
