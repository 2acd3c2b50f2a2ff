// The clinic's consent to telehealth, before the check: its whole text with version and day, a yes, and what is possible after a no.
// Comes when it is wanted. Refuses to send a yes to any words but those on the screen.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ConsentText, GiveConsent, Me, OwnConsent, PatientView, TellDevices } from '../../server/wire/wire.ts'
import { ask, type Problem } from '../base/api.ts'
import { called } from '../base/called.ts'
import { Facts } from '../day/patient-ends.tsx'
import { clock } from '../ui/clock.ts'
import { Heading } from '../ui/heading.tsx'
import { PhoneLink } from '../ui/phone.tsx'
import { usePress } from '../ui/press.ts'
import { Inline, ProblemScreen } from '../ui/problem.tsx'
import { birthDate as dateInWords } from '../ui/times.ts'
import { Wait } from '../ui/wait.tsx'
import { consentWords, noConsentWords } from './consent-words.ts'

type ConsentProps = {
  readonly me: Me
  readonly view: PatientView
  /** Of the visit. */
  readonly path: string
  readonly consent: Exclude<OwnConsent, { is: 'given' }>
  /** Gives it; answers what stood in the way. */
  onAgree(read: GiveConsent): Promise<Problem | undefined>
  /** Tells the clinic how they go on instead; answers what stood in the way. */
  onTell(devices: TellDevices): Promise<Problem | undefined>
}

type Reading =
  | { readonly at: 'asking' }
  | { readonly at: 'refused'; readonly problem: Problem }
  | { readonly at: 'read'; readonly text: ConsentText; readonly changed: boolean }

export function Consent(props: ConsentProps) {
  const { me, view, path, consent, onAgree } = props
  const [reading, setReading] = useState<Reading>({ at: 'asking' })
  const whom = patientOf(me, view)
  const [isNo, setNo] = useState(consent.is === 'withdrawn')
  const look = async (changed: boolean) => {
    const answer = await ask<ConsentText>(`${path}/consent?language=${document.documentElement.lang}`)
    setReading(answer.ok ? { at: 'read', text: answer.body, changed } : { at: 'refused', problem: answer.problem })
  }
  useEffect(() => void look(false), [])
  const agree = async ({ version, language, hash }: ConsentText) => {
    const problem = await onAgree({ version, language, hash })
    if (problem?.code !== 'consent-changed') return problem
    await look(true)
    return undefined
  }
  if (isNo) return <NoConsent {...props} onAgain={() => setNo(false)} />
  if (reading.at === 'refused')
    return <ProblemScreen problem={reading.problem} me={me} onRetry={() => void look(false)} />
  return (
    <main class="card">
      <Heading>{consentWords.title}</Heading>
      <Facts me={me} visit={view} />
      <p>{consentWords.first}</p>
      {whom !== undefined && <p>{consentWords.whose(called(me.name), whom)}</p>}
      {reading.at === 'asking' ? (
        <Wait says={consentWords.reading} />
      ) : (
        <Asked {...{ me, view }} {...reading} onAgree={agree} onDecline={() => setNo(true)} />
      )}
    </main>
  )
}

/** For whom somebody else decides. */
const patientOf = (me: Me, { patient }: PatientView) =>
  me.role === 'representative' ? patient && called(patient.name) : undefined

type AskedProps = Pick<ConsentProps, 'me' | 'view'> & {
  readonly text: ConsentText
  readonly changed: boolean
  onAgree(text: ConsentText): Promise<Problem | undefined>
  onDecline(): void
}

/** The buttons stand below the text: who presses one has passed it. None is chosen beforehand. */
function Asked({ me, view, text, changed, onAgree, onDecline }: AskedProps) {
  const { busy, problem, press } = usePress()
  const news = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (changed) news.current?.focus()
  }, [text])
  const whom = patientOf(me, view)
  const yes = whom === undefined ? consentWords.agree : consentWords.agreeFor(whom)
  return (
    <>
      {changed && (
        <p class="trouble" role="alert" tabIndex={-1} ref={news}>
          {consentWords.changed}
        </p>
      )}
      <Text text={text} />
      <p>{consentWords.back}</p>
      {problem !== undefined && <Inline problem={problem} me={me} />}
      <div class="actions">
        <button type="button" class="main" disabled={busy} onClick={() => void press(() => onAgree(text))}>
          {busy ? consentWords.busy : yes}
        </button>
        <button type="button" disabled={busy} onClick={onDecline}>
          {consentWords.decline}
        </button>
      </div>
    </>
  )
}

/** To the letter as the clinic wrote it, in the language it wrote it in. */
function Text({ text: { text, language, version, date } }: Pick<AskedProps, 'text'>) {
  const isPages = language === document.documentElement.lang
  return (
    <section class="ready consent-text" aria-labelledby="consent-text">
      <h2 id="consent-text">{consentWords.text}</h2>
      <div {...(isPages ? {} : { lang: language })} dir="auto">
        {text.split(/\n{2,}/).map((paragraph) => (
          <p key={paragraph} dir="auto">
            {paragraph}
          </p>
        ))}
      </div>
      <p class="quiet">{consentWords.version(version, dateInWords(date))}</p>
    </section>
  )
}

type NoConsentProps = Pick<ConsentProps, 'me' | 'view' | 'consent' | 'onTell'> & { onAgain(): void }

function NoConsent({ me, view, consent, onTell, onAgain }: NoConsentProps) {
  const { busy, problem, press } = usePress()
  const { phone, timeZone } = me.organisation
  return (
    <main class="card">
      <Heading>{noConsentWords.title}</Heading>
      <Facts me={me} visit={view} />
      {consent.is === 'withdrawn' && <p>{noConsentWords.withdrawn(clock(consent.at, timeZone))}</p>}
      <p>{noConsentWords.stays}</p>
      <p>{noConsentWords.instead}</p>
      {problem !== undefined && <Inline problem={problem} me={me} />}
      <div class="actions">
        <button
          type="button"
          class="main"
          disabled={busy}
          onClick={() => void press(() => onTell({ byTelephone: true }))}
        >
          {noConsentWords.byTelephone}
        </button>
        <PhoneLink phone={phone} words={noConsentWords.phone(phone)} />
        <button type="button" class="plain" onClick={onAgain}>
          {noConsentWords.again}
        </button>
      </div>
    </main>
  )
}
