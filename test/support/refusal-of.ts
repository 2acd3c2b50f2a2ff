// Owns how a test of a pure rule reads what was refused. Refuses to pass on what is no refusal: that is a fault.
import { type Code, Refusal } from '../../server/domain/errors.ts'

/** The code of what `act` refuses; undefined where it refuses nothing. */
export function refusalOf(act: () => unknown): Code | undefined {
  try {
    act()
  } catch (cause) {
    if (cause instanceof Refusal) return cause.code
    throw cause
  }
  return undefined
}
