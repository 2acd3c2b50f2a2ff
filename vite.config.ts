// The client's build, in two runs. launch.html is the registered SMART launch URL, hand-over.html the way into a window of its own, and
// client/clinician.html what is behind a clinician's launch; with `--mode patient`, client/patient.html is built by itself: a page of one script.
// Each page's file has its own styles and script alone: what they share is written into them here.
import { fileURLToPath } from 'node:url'
import preact from '@preact/preset-vite'
import { defineConfig, type Plugin } from 'vite'
import { shell } from './client/words.ts'

const { language, title, noScript, switchOn } = shell

const head = `<meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title}</title>
    <link rel="icon" href="data:,">`

const body = `<div id="page"></div>
    <div id="announcer" class="unseen" role="status" aria-live="polite"></div>
    <noscript><main class="card"><h1>${noScript}</h1><p>${switchOn}</p></main></noscript>`

/** What stands in every page, and in which language its words are. */
const sharedShell: Plugin = {
  name: 'shared-shell',
  transformIndexHtml: (html) =>
    html
      .replace('<html lang="en"', `<html lang="${language}"`)
      .replace('<head>', `<head>\n    ${head}`)
      .replace('<body></body>', `<body>\n    ${body}\n  </body>`),
}

/** What the patient's page fetches later has no styles of its own and nothing to load beforehand: Vite's loader for both stays out of it. */
const plainImports: Plugin = {
  name: 'plain-imports',
  enforce: 'pre',
  load: (id) => (id.endsWith('vite/preload-helper.js') ? 'export const __vitePreload = (load) => load()' : undefined),
}

/** Nothing but Jitsi's SDK is written for React, and of that it takes little. */
const reactOfSdk = [
  { find: /^react$/, replacement: fileURLToPath(new URL('client/call/sdk-hooks.ts', import.meta.url)) },
  { find: 'react/jsx-runtime', replacement: 'preact/jsx-runtime' },
]

export default defineConfig(({ mode }) => ({
  plugins: [preact({ reactAliasesEnabled: false }), sharedShell, ...(mode === 'patient' ? [plainImports] : [])],
  resolve: { alias: reactOfSdk },
  build: {
    outDir: 'dist/client',
    emptyOutDir: mode !== 'patient',
    // A page of one script has nothing to load beforehand.
    modulePreload: mode === 'patient' ? false : { polyfill: false },
    rolldownOptions: {
      input: mode === 'patient' ? 'client/patient.html' : ['launch.html', 'hand-over.html', 'client/clinician.html'],
      // What it needs at once stays together, whatever is fetched later shares of it: each piece more is one more round trip for a phone.
      ...(mode === 'patient' && { output: { codeSplitting: { groups: [{ name: 'patient', tags: ['$initial'] }] } } }),
    },
  },
}))
