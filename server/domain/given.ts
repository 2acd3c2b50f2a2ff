// Owns the one way to build an object some of whose members may be missing, and to take one of them away.

/** What of `members` is not undefined, and typed so: `{ iss, ...given({ people }) }` has `people` only where there are some. */
export function given<T extends object>(members: T): Given<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Given<T> // sound: only what may be undefined is left out
}

/** `of` without this member, which must be one that it need not have: the same object where it does not have it. */
export function omitting<Name extends PropertyKey, T extends { readonly [Member in Name]?: unknown }>(
  of: T,
  name: Name,
): T {
  if (of[name] === undefined) return of
  const { [name]: _gone, ...rest } = of
  return rest as unknown as T // sound: the member is optional
}

type Given<T> = {
  [Name in keyof T as undefined extends T[Name] ? never : Name]: T[Name]
} & { [Name in keyof T as undefined extends T[Name] ? Name : never]?: Exclude<T[Name], undefined> }
