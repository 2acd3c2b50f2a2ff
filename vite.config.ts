// The client's build, in two runs. launch.html is the registered SMART launch URL, hand-over.html the way into a window of its own, and
// client/clinician.html what is behind a clinician's launch; with `--mode patient`, client/patient.html is built by itself: a page of one script.
// Refuses a page that asks for words which are not there.
import preact from '@preact/preset-vite'
import { defineConfig, type Plugin } from 'vite'
import { shell } from './client/words.ts'

const said: Readonly<Record<string, string>> = shell

/** Writes words where a page says `{{name}}`, and in which language they are. */
const words: Plugin = {
  name: 'words',
  transformIndexHtml: (html) =>
    html.replace('<html lang="en"', `<html lang="${shell.language}"`).replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      if (said[name] === undefined) throw new Error(`no words for ${name}`)
      return said[name]
    }),
}

export default defineConfig(({ mode }) => ({
  plugins: [preact(), words],
  build: {
    outDir: 'dist/client',
    emptyOutDir: mode !== 'patient',
    // A page of one script has nothing to load beforehand.
    modulePreload: mode === 'patient' ? false : { polyfill: false },
    rolldownOptions: {
      input: mode === 'patient' ? 'client/patient.html' : ['launch.html', 'hand-over.html', 'client/clinician.html'],
    },
  },
}))
