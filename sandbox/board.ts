// Owns what can go wrong on purpose in one part of the sandbox as a person switches it: by name, with what it does, on or off.
// Refuses nothing: whoever names a fault looks first whether there is one.

type Fault = {
  readonly name: string
  /** What the part does then, in words that go on after its name: "answers 500". */
  readonly says: string
  /** `now`: it happens at the moment it is switched on, and does not last. */
  readonly is: 'on' | 'off' | 'now'
}

export type Board = {
  /** Whose faults they are. */
  readonly title: string
  faults(): readonly Fault[]
  knows(name: string): boolean
  on(name: string): void
  off(name: string): void
}

type Switches<Name extends string> = {
  readonly on: (name: Name) => void
  readonly off: (name: Name) => void
  readonly isOn: (name: Name) => boolean
}

export function boardOf<Name extends string>(
  title: string,
  says: Readonly<Record<Name, string>>,
  { on, off, isOn }: Switches<Name>,
  momentary: readonly Name[] = [],
): Board {
  const names = Object.keys(says) as Name[] // sound: the table's own keys
  const named = (name: string, then: (name: Name) => void) => {
    const found = names.find((one) => one === name)
    if (found !== undefined) then(found)
  }
  return {
    title,
    faults: () =>
      names.map((name) => ({
        name,
        says: says[name],
        is: momentary.includes(name) ? 'now' : isOn(name) ? 'on' : 'off',
      })),
    knows: (name) => names.some((one) => one === name),
    on: (name) => named(name, on),
    off: (name) => named(name, off),
  }
}
