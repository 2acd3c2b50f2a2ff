// The way to reach a human: the clinic's number, to be touched or read.

export const PhoneLink = ({ phone, words = `Call ${phone}` }: { phone: string; words?: string }) => (
  <a class="phone" href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
    {words}
  </a>
)
