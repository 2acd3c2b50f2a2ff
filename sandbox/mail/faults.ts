// Owns the named things that can go wrong at the clinic's mail server on purpose. Nothing here fails by itself.

/** Every fault with what it does, for people who switch one on. */
export const mailFaultNames = {
  'mail-nobody': 'The mail server says of each address that nobody has it (550)',
  'mail-busy': 'The mail server takes nothing for now (451)',
  'mail-refuses': 'The mail server refuses each message (554)',
  'mail-silent': 'The mail server never greets',
  'mail-cut': 'The mail server ends the connection in the middle of a message',
} as const
export type MailFault = keyof typeof mailFaultNames
