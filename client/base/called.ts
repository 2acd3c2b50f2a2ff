// Somebody's name as the page shows it: of who has none, the server's word for that in the reader's language.
import { namelessWords } from './name-words.ts'

const words: Readonly<Record<string, string>> = namelessWords

export const called = (name: string): string => (Object.hasOwn(words, name) ? (words[name] ?? name) : name)
