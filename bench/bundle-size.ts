// Part of `npm run check`: refuses a patient's page that loads more script before the call than its goal allows, naming what it loads.
import { bundleGoal, patientBundle } from './bundle.ts'

const { gzip, scripts } = await patientBundle()
const lines = scripts.map((s) => `  ${String(s.gzip).padStart(6)}  ${s.file}`)
console.log(
  [`The patient's page loads ${gzip} bytes of script (gzip); ${bundleGoal} are allowed.`, ...lines].join('\n'),
)
if (gzip > bundleGoal) process.exitCode = 1
