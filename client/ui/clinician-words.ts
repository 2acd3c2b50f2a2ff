// The words of what clinicians see in several subjects, and patients nowhere.

export const bornWords = {
  born: (date: string, age: string) => `born ${date} (${age})`,
  unknown: 'Birth date not in the chart',
}
