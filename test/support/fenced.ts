// Owns the reading of a page of words: its fenced blocks, also those in a list, and the rest without them.

/** The fenced blocks of one language, without the margin of the list they stand in. */
export const blocks = (page: string, language: string): readonly string[] =>
  [...page.matchAll(new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\``, 'gm'))].map(
    ([, margin = '', body = '']) => body.replaceAll(new RegExp(`^${margin}`, 'gm'), ''),
  )
export const fenceless = (page: string): string => page.replaceAll(/^ *```[\s\S]*?^ *```/gm, '')
