// Keeps what is put into a sentence apart from the direction of its letters: a name, a number of the telephone, what somebody wrote.
// Without it an Arabic name carries the time that follows it to its other side, and a telephone number in an Arabic sentence is turned round.

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/

/**
 * In the marks that Unicode has for it (FIRST STRONG ISOLATE and its end, https://www.unicode.org/reports/tr9/), which sentences carry into a
 * title and an announcement as well; as it is where sentence and name run the same way.
 */
export const isolated = (text: string): string =>
  rightToLeft.test(text) || globalThis.document?.documentElement.dir === 'rtl' ? `\u2068${text}\u2069` : text
