// What the frame around this page allows: asked of the browser, before anyone is asked for a device.
// Refuses to guess: where a browser does not tell, the first try of a camera shows it.

export type Device = 'camera' | 'microphone'
type Policy = { allowsFeature(name: string): boolean }

export const framed = (): boolean => window.top !== window

/** Whether the pages around this one let it use something (Permissions Policy); undefined where the browser does not tell. */
export function allows(feature: Device): boolean | undefined {
  // Only Chromium-type browsers can be asked, by the policy's old name; its types are not in the DOM library.
  return (document as { featurePolicy?: Policy }).featurePolicy?.allowsFeature(feature)
}

/** The devices that are certainly closed to this frame. */
export const barred = (): readonly Device[] =>
  framed() ? (['camera', 'microphone'] as const).filter((device) => allows(device) === false) : []
