// A visit that was taken from the clinician who looked at it: why, and what becomes of the note.
// Refuses to let words go that nobody has kept: they can be copied.
import { useEffect, useState } from 'preact/hooks'
import type { Me } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { go, homePath } from '../base/route.ts'
import { Copy } from '../note/copy.tsx'
import { type Keeper, leftUnsaved } from '../note/keeper.ts'
import { atRisk } from '../note/saving.ts'
import { back } from '../ui/clinician-words.ts'
import { Page } from '../ui/page.tsx'
import { ProblemScreen } from '../ui/problem.tsx'
import { clinicVisitWords } from './clinician-words.ts'

type TakenProps = {
  readonly me: Me
  readonly problem: Problem
  /** The note's. */
  readonly path: string
}

export function Taken({ me, problem, path }: TakenProps) {
  const [left, setLeft] = useState<Keeper>()
  // The note's panel, which is just gone, has left its text by then.
  useEffect(() => setLeft(leftUnsaved(path)), [path])
  return (
    <Page me={me}>
      <ProblemScreen
        problem={problem}
        me={me}
        onList={() => go(homePath(me.launch))}
        listWords={me.onePatient ? back.toList : back.toDay}
      />
      <section class="card" aria-label={clinicVisitWords.note}>
        <p>{clinicVisitWords.noteKept}</p>
        {left !== undefined && <LastWords keeper={left} />}
      </section>
    </Page>
  )
}

function LastWords({ keeper }: { keeper: Keeper }) {
  const saving = keeper.saving.value
  if (!atRisk(saving)) return null
  return (
    <>
      <p role="alert">{clinicVisitWords.tooLate}</p>
      <Copy text={saving.text} />
    </>
  )
}
