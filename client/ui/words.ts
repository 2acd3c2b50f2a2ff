// The words of the widgets that every page has.

/** What a wait says: at first, and once it takes long. One sentence each for what is waited for. */
export type WaitWords = { readonly now: string; readonly still: string }
