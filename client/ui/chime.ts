// Two soft notes for "somebody is at the door" and "you may come in". Made on the spot: no file to load.
// Refuses nothing: a browser that will not play leaves title and words to tell it.
import { signal } from '@preact/signals'

/** Kept in memory only, for this page. */
export const muted = signal(false)
/** Whether the browser lets this page sound now. */
export const audible = signal(false)

let audio: AudioContext | undefined
/** Where it sounds, once somebody has chosen a loudspeaker. */
let way: AudioNode | undefined

function opened(): AudioContext {
  if (audio !== undefined) return audio
  const context = new AudioContext()
  const turned = () => {
    audible.value = context.state === 'running'
  }
  context.onstatechange = turned
  turned()
  audio = context
  return context
}

/** Browsers let a page sound only after it was touched once, and some hush it whenever it was out of sight. */
export function armChime(): void {
  const arm = () => {
    if (opened().state !== 'running') void audio?.resume()
  }
  for (const event of ['pointerdown', 'keydown']) window.addEventListener(event, arm, { capture: true, passive: true })
  document.addEventListener('visibilitychange', () => void (document.visibilityState === 'visible' && audio?.resume()))
}

/** From now on it sounds by what is made of the page's own context. */
export function soundThrough(made: (context: AudioContext) => AudioNode): void {
  way = made(opened())
}

/** For a test that a person asked for by a press, which lets a page sound; answers whether the browser played it. */
export async function testChime(): Promise<boolean> {
  // A browser that lets nothing sound leaves the question open for ever.
  await Promise.race([opened().resume(), new Promise((done) => setTimeout(done, 1_000))])
  chime(true)
  return audio?.state === 'running'
}

/** Sounds, unless muted; `loud` sounds all the same, for a test the person asked for. */
export function chime(loud = false): void {
  if ((muted.value && !loud) || audio?.state !== 'running') return
  note(audio, 659, 0)
  note(audio, 880, 0.22)
}

function note(context: AudioContext, hertz: number, after: number): void {
  const at = context.currentTime + after
  const tone = new OscillatorNode(context, { type: 'sine', frequency: hertz })
  const volume = new GainNode(context, { gain: 0 })
  volume.gain.setValueAtTime(0, at)
  volume.gain.linearRampToValueAtTime(0.2, at + 0.03)
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.6)
  tone.connect(volume).connect(way ?? context.destination)
  tone.start(at)
  tone.stop(at + 0.65)
}
