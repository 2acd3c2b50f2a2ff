// A note as text, to be taken into another program.
import { expect, it } from 'vitest'
import { plainNote } from '../../client/note/copy.tsx'

it('a copied note has its headings, and no empty sections', () => {
  expect(plainNote({ subjective: ' Tired ', objective: '', assessment: ' ', plan: 'Rest' })).toBe(
    'Subjective\nTired\n\nPlan\nRest',
  )
})
