// Owns the one way to build an object some of whose members may be missing.

/** What of `members` is not undefined, and typed so: `{ iss, ...given({ people }) }` has `people` only where there are some. */
export function given<T extends object>(members: T): Given<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Given<T> // sound: only what may be undefined is left out
}

type Given<T> = {
  [Name in keyof T as undefined extends T[Name] ? never : Name]: T[Name]
} & { [Name in keyof T as undefined extends T[Name] ? Name : never]?: Exclude<T[Name], undefined> }
