// Says a change once to those who listen to the page instead of looking at it.

/** Speaks through the page's one live region; the same words twice are spoken once. */
export function announce(words: string): void {
  const region = document.getElementById('announcer')
  if (region !== null && region.textContent !== words) region.textContent = words
}
