// Small drawings of where to press: the bar of the address as the browser has it, and a switch as the system has it. Beside words that say
// the same, so nobody hears them. They come with the words.
import type { ComponentChild } from 'preact'
import type { Browser } from './browser.ts'

/** The mark at the left of the address, by the browser that shows it. */
function markOf({ name, system }: Browser): ComponentChild {
  if (name === 'firefox' && system !== 'android' && system !== 'ios') return <CrossedCamera />
  if (name === 'firefox' || name === 'samsung' || name === 'edge') return <Lock />
  return name === 'safari' ? <Leaf /> : <Sliders />
}

/** The bar of the address, with a ring around what is to be pressed. */
export const AddressBar = ({ browser }: { browser: Browser }) => (
  <svg class="where" viewBox="0 0 240 56" aria-hidden="true" focusable="false">
    <rect x="6" y="8" width="228" height="40" rx="20" class="where-box" />
    {markOf(browser)}
    <path d="M62 28h110" class="where-text" />
    <circle cx="32" cy="28" r="18" class="where-ring" />
  </svg>
)

/** The menu of a Mac at the top of its screen, with a ring around the browser's name. */
export const MenuBar = ({ name }: { name: string }) => (
  <svg class="where" viewBox="0 0 240 56" aria-hidden="true" focusable="false">
    <rect x="2" y="8" width="236" height="40" class="where-box" />
    <circle cx="22" cy="28" r="7" class="where-mark" />
    <text x="44" y="34" class="where-name">
      {name}
    </text>
    <path d="M116 28h24M154 28h24M192 28h24" class="where-text" />
    <rect x="36" y="13" width="66" height="30" rx="15" class="where-ring" />
  </svg>
)

/** A line of the system's settings, with its switch on. */
export const Switch = ({ name }: { name: string }) => (
  <svg class="where" viewBox="0 0 240 56" aria-hidden="true" focusable="false">
    <rect x="2" y="4" width="236" height="48" rx="8" class="where-box" />
    <text x="18" y="34" class="where-name">
      {name}
    </text>
    <rect x="176" y="16" width="44" height="24" rx="12" class="where-on" />
    <circle cx="208" cy="28" r="9" class="where-knob" />
  </svg>
)

const Sliders = () => <path d="M23 23h8m6 0h5M23 33h3m6 0h10M34 20v6M29 30v6" class="where-mark" />

const Lock = () => <path d="M25 27h14v9H25zM28 27v-4a4 4 0 0 1 8 0v4" class="where-mark" />

const Leaf = () => <path d="M24 20h16v16H24zM28 25h8M28 29h8M28 33h5" class="where-mark" />

const CrossedCamera = () => <path d="M23 23h11v10H23zM34 27l7-4v10l-7-4M22 37l19-18" class="where-mark" />
