// Part of `npm run build`: the client, in each language, by vite.config.ts. Refuses to leave half of it behind unsaid: what fails ends it.
import { build } from 'vite'
import { languages } from '../server/domain/ehr/languages.ts'

/** The first empties what was there. */
const modes = ['production', 'patient', ...languages.slice(1).flatMap((language) => [language, `patient.${language}`])]

for (const mode of modes) await build({ mode, logLevel: 'warn' })
