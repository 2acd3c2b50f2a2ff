// What is said of a camera or a microphone that does not open, all of it as one alert. Comes once one does not: nobody whose devices work
// loads it.
import type { DeviceTrouble } from '../../server/wire/wire.ts'
import type { Closed } from './advice-on.ts'
import { type Browser, thisBrowser } from './browser.ts'
import { adviceOn, pictureWords, without } from './device-words.ts'
import type { Found } from './devices.ts'
import { AddressBar, MenuBar, Switch } from './pictures.tsx'

type Trouble = { readonly closed: Closed; readonly trouble: DeviceTrouble }

/** What does not open, by its cause: one cause for both is said once. */
export function troublesOf({ camera, microphone }: Found): readonly Trouble[] {
  const [c, m] = [camera, microphone].map((one) => (typeof one === 'string' ? one : undefined))
  if (c !== undefined && c === m) return [{ closed: 'both', trouble: c }]
  return [
    ...(c === undefined ? [] : [{ closed: 'camera', trouble: c } as const]),
    ...(m === undefined ? [] : [{ closed: 'microphone', trouble: m } as const]),
  ]
}

type AdvicesProps = { readonly found: Found; readonly mayLack: boolean }

export function Advices({ found, mayLack }: AdvicesProps) {
  const browser = thisBrowser()
  const troubles = troublesOf(found)
  const [only] = troubles
  return (
    <div class="trouble" role="alert">
      {troubles.map(({ closed, trouble }) => (
        <One key={closed} {...{ closed, trouble, browser }} />
      ))}
      {mayLack && only !== undefined && troubles.length === 1 && only.closed !== 'both' && (
        <p>{without[only.closed]}</p>
      )}
    </div>
  )
}

function One({ closed, trouble, browser }: Trouble & { browser: Browser }) {
  const { title, todo } = adviceOn(closed, trouble, browser)
  return (
    <>
      <p>
        <strong>{title}</strong>
      </p>
      <Where {...{ closed, trouble, browser }} />
      <p>{todo}</p>
    </>
  )
}

/** A picture of where to press, where there is one place. */
function Where({ closed, trouble, browser }: Trouble & { browser: Browser }) {
  const { name, system } = browser
  if (trouble === 'system' || (trouble === 'denied' && system === 'ios' && name !== 'safari'))
    return <Switch name={pictureWords[closed]} />
  if (trouble !== 'denied' || name === 'other') return null
  return system === 'mac' && name === 'safari' ? (
    <MenuBar name={pictureWords.safari} />
  ) : (
    <AddressBar browser={browser} />
  )
}
