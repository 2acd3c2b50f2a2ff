// Part of `npm run check`: refuses a patient's page that loads more script before the call than its goals allow, naming what it loads.
import { bundleGoal, heaviestBundle, heaviestGoal, patientBundle } from './bundle.ts'

const { gzip, scripts } = await patientBundle()
const lines = scripts.map((s) => `  ${String(s.gzip).padStart(6)}  ${s.file}`)
const heaviest = await heaviestBundle()
console.log(
  [
    `The patient's page loads ${gzip} bytes of script (gzip); ${bundleGoal} are allowed.`,
    ...lines,
    `With the words of the heaviest language, ${heaviest.language}, it loads ${heaviest.gzip}; ${heaviestGoal} are allowed.`,
  ].join('\n'),
)
if (gzip > bundleGoal || heaviest.gzip > heaviestGoal) process.exitCode = 1
