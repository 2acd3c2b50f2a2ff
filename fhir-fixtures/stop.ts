// Owns the reason to stop a load, with its remedy: the message is for the person at the keyboard.
export class Stop extends Error {}
