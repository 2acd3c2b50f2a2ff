// Who has no name is called by the server's word, and the page has that word in its own language.
import { expect, test } from 'vitest'
import { called } from '../../client/base/called.ts'
import { namelessWords } from '../../client/base/name-words.ts'
import { namelessWords as arabic } from '../../client/languages/ar/base/name-words.ts'
import { nameWords as servers } from '../../server/domain/ehr/words.ts'

test('a name stands as it is, and every word that the server has for no name is one of the page’s', () => {
  expect(['Zoë Lindqvist', 'Patient Patience', 'constructor'].map(called)).toEqual([
    ...['Zoë Lindqvist', 'Patient Patience', 'constructor'],
  ])
  expect(Object.keys(namelessWords).toSorted()).toEqual(Object.values(servers).toSorted())
  expect(Object.values(servers).map(called)).toEqual(Object.values(servers))
  expect(Object.values(arabic).filter((word) => /[a-z]/i.test(word))).toEqual([])
})
