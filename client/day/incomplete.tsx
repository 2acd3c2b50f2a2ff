// Beside a list that may lack something: said in words, and looked at again by a press.
import { problem } from '../ui/words.ts'

export const Incomplete = ({ says, onLook }: { readonly says: string; onLook(): void }) => (
  <div class="trouble" role="alert">
    <p>{says}</p>
    <button type="button" onClick={onLook}>
      {problem.again}
    </button>
  </div>
)
