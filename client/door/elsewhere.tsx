// The same person waits on another page of theirs: this one says so, and can take it back. Comes when it is wanted.
import { Heading } from '../ui/heading.tsx'
import { elsewhereAtDoor } from './meanwhile-words.ts'

/** A page that is loaded again is the newest. */
export const WaitsElsewhere = () => (
  <main class="card">
    <Heading>{elsewhereAtDoor.title}</Heading>
    <p>{elsewhereAtDoor.says}</p>
    <button type="button" class="main" onClick={() => location.reload()}>
      {elsewhereAtDoor.here}
    </button>
  </main>
)
