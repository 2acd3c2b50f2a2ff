// What only somebody who looks for it needs: ids, numbers and codes of a system. Folded away until it is asked for.
import type { ComponentChildren } from 'preact'
import { detailsTitle } from './words.ts'

export const Details = ({ children }: { readonly children: ComponentChildren }) => (
  <details class="details">
    <summary>{detailsTitle}</summary>
    <p>{children}</p>
  </details>
)
