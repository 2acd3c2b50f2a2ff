// The devices that somebody chose before the call: what its room is told of them, and when a choice is meant no more.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepPicked, type Picked } from '../../client/base/page-state.ts'
import { changedInRoom, pickedNames } from '../../client/call/picked-names.ts'

const here = [
  { kind: 'audioinput', deviceId: 'm1', label: 'Headset' },
  { kind: 'audiooutput', deviceId: 'l1', label: 'Headset' },
  { kind: 'audiooutput', deviceId: 'l2', label: 'Screen' },
  { kind: 'videoinput', deviceId: 'c1', label: 'Camera at the desk' },
]
let state: { picked?: Picked; pickedAs?: Picked; calling?: boolean }
let listed: () => Promise<unknown>

beforeEach(() => {
  state = { calling: true }
  listed = async () => here
  vi.stubGlobal('history', {
    get state() {
      return state
    },
    replaceState: (next: typeof state) => {
      state = next
    },
  })
  vi.stubGlobal('navigator', { mediaDevices: { enumerateDevices: () => listed() } })
})
afterEach(() => vi.unstubAllGlobals())

test('a room is told by their names of the devices that were chosen, and of no others', async () => {
  expect(await pickedNames()).toEqual({})

  state = { picked: { loudspeaker: 'l2', camera: 'c1' } }
  expect(await pickedNames()).toEqual({ audioOutput: 'Screen', videoInput: 'Camera at the desk' })
})

test('a device that is gone, that has no name here, or of another kind is left to the browser', async () => {
  state = { picked: { loudspeaker: 'm1', microphone: 'unplugged' } }
  expect(await pickedNames()).toEqual({})

  listed = async () => here.map((one) => ({ ...one, label: '' }))
  state = { picked: { loudspeaker: 'l1' } }
  expect(await pickedNames()).toEqual({})

  listed = () => Promise.reject(new Error('closed'))
  expect(await pickedNames()).toEqual({})
})

test('a page that was loaded anew, to which the browser names nothing, tells the room the names that were picked', async () => {
  state = {}
  keepPicked({ camera: 'c1' }, { camera: 'Camera at the desk' })
  keepPicked({ loudspeaker: 'l2' }, { loudspeaker: 'Screen' })
  listed = async () => [{ kind: 'audiooutput', deviceId: '', label: '' }]
  expect(await pickedNames()).toEqual({ videoInput: 'Camera at the desk', audioOutput: 'Screen' })

  // What it names it knows: by another name, or not there any more.
  listed = async () => [{ kind: 'audiooutput', deviceId: 'l2', label: 'Screen on the left' }, here[3]]
  expect(await pickedNames()).toEqual({ videoInput: 'Camera at the desk', audioOutput: 'Screen on the left' })
  listed = async () => [here[1], here[3]]
  expect(await pickedNames()).toEqual({ videoInput: 'Camera at the desk' })
})

test('what was changed in the room itself is not brought back with the next one; what the room says nothing of stays', () => {
  state = {
    ...{ calling: true, picked: { loudspeaker: 'l2', microphone: 'm1', camera: 'c1' } },
    pickedAs: { loudspeaker: 'Screen', microphone: 'Headset' },
  }
  const given = { audioOutput: 'Screen', audioInput: 'Headset', videoInput: 'Camera at the desk' }

  changedInRoom(given, { audioOutput: { label: 'Headset' }, audioInput: { label: 'Headset' } })

  const kept = { picked: { microphone: 'm1', camera: 'c1' }, pickedAs: { microphone: 'Headset' } }
  expect(state).toEqual({ calling: true, ...kept })
  changedInRoom(given, undefined)
  changedInRoom({}, { audioInput: { label: 'Another one' } })
  expect(state.picked).toEqual({ microphone: 'm1', camera: 'c1' })
})
