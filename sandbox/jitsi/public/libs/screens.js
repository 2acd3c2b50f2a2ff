// Owns what covers the picture: before joining, in the lobby, after the end; and the cards of those who knock.
// Refuses markup from outside: every text is set as text.

const cover = document.querySelector('#screen')
const knocks = document.querySelector('#knocks')

function element(tag, text, more = {}) {
  return Object.assign(document.createElement(tag), { textContent: text, ...more })
}

/** Covers the room; resolves when the button, if there is one, is pressed. `over`: nothing is left to see behind it. */
export function showScreen(title, text, { button, over = false } = {}) {
  cover.replaceChildren(element('h1', title), element('p', text))
  cover.hidden = false
  cover.toggleAttribute('data-over', over)
  cover.setAttribute('aria-label', title)
  return new Promise((resolve) => {
    if (button) cover.append(element('button', button, { type: 'button', onclick: resolve }))
  })
}

export function hideScreen() {
  cover.hidden = true
}

/** One card for each person at the door, until answered here or elsewhere. */
export function showKnock(id, name, onAnswer) {
  if (knocks.querySelector(`[data-id="${CSS.escape(id)}"]`)) return
  const card = element('div', '', { className: 'knock' })
  card.dataset.id = id
  const choices = element('div', '')
  choices.append(
    element('button', 'Admit', { type: 'button', onclick: () => onAnswer(true) }),
    element('button', 'Reject', { type: 'button', onclick: () => onAnswer(false) }),
  )
  card.append(element('span', `${name} wants to join the meeting`), choices)
  knocks.append(card)
}

export function hideKnock(id) {
  knocks.querySelector(`[data-id="${CSS.escape(id)}"]`)?.remove()
}

export function hideKnocks() {
  knocks.replaceChildren()
}
