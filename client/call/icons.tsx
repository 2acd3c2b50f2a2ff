// The signs on the call's bar. Each stands beside its word, or has the word as its button's name: none says anything alone.
const paths = {
  microphone: 'M12,15a3,3,0,0,0,3-3V6a3,3,0,0,0-6,0v6a3,3,0,0,0,3,3Zm6-3a6,6,0,0,1-12,0M12,18v3',
  camera: 'M3,7h11v10H3zM14,11l7-4v10l-7-4',
  more: 'M4,11h2v2H4zM11,11h2v2h-2zM18,11h2v2h-2z',
  leave: 'M3,14c5-5,13-5,18,0l-2,3-4-2v-3c-2-.7-4-.7-6,0v3l-4,2z',
}

/** `off`: struck through. */
export const Icon = ({ of, off }: { readonly of: keyof typeof paths; readonly off?: boolean }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={off ? `${paths[of]}M4,3l16,18` : paths[of]} />
  </svg>
)
