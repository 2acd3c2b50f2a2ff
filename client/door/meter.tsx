// Shows how loud the microphone is, and says once that it hears something.
import { useEffect, useState } from 'preact/hooks'
import { findingsWords } from './findings-words.ts'

/** Above this a person speaks; a silent room stays below. */
const speech = 12

export function Meter({ track }: { track: MediaStreamTrack }) {
  const level = useLevel(track)
  const [heard, setHeard] = useState(false)
  useEffect(() => {
    if (level > speech) setHeard(true)
  }, [level])
  return (
    <div class="meter-row">
      <meter aria-label={findingsWords.level} min={0} max={100} value={level} />
      <p role="status">{heard ? findingsWords.heard : findingsWords.silent}</p>
    </div>
  )
}

/** The loudness of a track, 0 to 100, ten times a second. */
function useLevel(track: MediaStreamTrack): number {
  const [level, setLevel] = useState(0)
  useEffect(() => {
    const context = new AudioContext()
    const analyser = new AnalyserNode(context, { fftSize: 1024 })
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples)
      setLevel(loudness(samples))
    }, 100)
    return () => {
      clearInterval(timer)
      void context.close()
    }
  }, [track])
  return level
}

/** Root mean square of samples (-1 to 1) as 0 to 100, on a scale that follows the ear. */
export function loudness(samples: Float32Array): number {
  const power = samples.reduce((sum, s) => sum + s * s, 0) / Math.max(1, samples.length)
  const decibels = 10 * Math.log10(power + 1e-9)
  return Math.round(Math.min(100, Math.max(0, ((decibels + 60) / 60) * 100)))
}
