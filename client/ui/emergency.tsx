// What the clinic tells its patients to do in an emergency, in its own words: wherever they wait, and wherever something does not work.
import { type OwnTexts, ownText } from '../base/own-texts.ts'

export function Emergency({ of }: { of: OwnTexts }) {
  const said = ownText(of, 'emergency')
  if (said === undefined) return null
  return (
    <p class="emergency" lang={said.lang} dir="auto">
      {said.text}
    </p>
  )
}
