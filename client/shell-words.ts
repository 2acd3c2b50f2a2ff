// The words that stand in the pages themselves, before any script runs: the build writes them there.

export const shell = {
  language: 'en',
  title: 'Video visit',
  noScript: 'JavaScript is switched off',
  switchOn: 'A video visit needs it. Switch it on in your browser, or call your clinic.',
}
