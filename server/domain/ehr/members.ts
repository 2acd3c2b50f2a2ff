// The members of a part of a record that came as the EHR wrote it: of what is no object there are none. Refuses nothing.
export const membersOf = (value: unknown): Readonly<Record<string, unknown>> => ({
  ...(typeof value === 'object' ? value : {}),
})
