// The way to reach a human: the clinic's number, to be touched or read.
import { phoneLink } from './words.ts'

type PhoneLinkProps = { readonly phone: string; readonly words?: string }

export const PhoneLink = ({ phone, words = phoneLink(phone) }: PhoneLinkProps) => (
  <a class="phone" href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
    {words.split(phone).flatMap((text, i) => (i === 0 ? text : [<Digits phone={phone} />, text]))}
  </a>
)

/** Read from left to right in every language. */
const Digits = ({ phone }: { readonly phone: string }) => (
  <span class="number" dir="ltr">
    {phone}
  </span>
)
