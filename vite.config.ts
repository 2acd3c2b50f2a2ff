// The client's build, in two runs for each language (scripts/build-client.ts). launch.html is the registered SMART launch URL, hand-over.html the way
// into a window of its own, join.html that of whoever was invited, and client/clinician.html, in English alone, what is behind a clinician's launch; with `--mode patient`,
// client/patient.html is built by itself: a page of one script. `--mode ar` and `--mode patient.ar` make the patient's side in Arabic.
// Each page's file has its own styles and script alone: what they share is written into them here.
// Refuses a build in which a sentence has no words in its language.
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import preact from '@preact/preset-vite'
import { defineConfig, type Plugin } from 'vite'
import { shell as ar } from './client/languages/ar/words.ts'
import { shell as es } from './client/languages/es/words.ts'
import { shell as fr } from './client/languages/fr/words.ts'
import { shell as zh } from './client/languages/zh-Hans/words.ts'
import { shell as en } from './client/words.ts'

const shells = new Map([en, es, fr, ar, zh].map((shell) => [shell.language, shell]))

const headOf = ({ title }: typeof en) => `<meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title}</title>
    <link rel="icon" href="data:,">`

const bodyOf = ({ noScript, switchOn }: typeof en) => `<div id="page"></div>
    <div id="announcer" class="unseen" role="status" aria-live="polite"></div>
    <noscript><main class="card"><h1>${noScript}</h1><p>${switchOn}</p></main></noscript>`

/** What stands in every page, and in which language its words are. */
const sharedShell = (shell: typeof en): Plugin => ({
  name: 'shared-shell',
  transformIndexHtml: (html) =>
    html
      .replace('<html lang="en"', `<html${shell.direction === 'rtl' ? ' dir="rtl"' : ''} lang="${shell.language}"`)
      .replace('<head>', `<head>\n    ${headOf(shell)}`)
      .replace('<body></body>', `<body>\n    ${bodyOf(shell)}\n  </body>`),
})

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

/** A words module of English is taken from the language's own folder, where it stands at the same place: nothing at run time chooses. */
function inLanguage(language: string): Plugin {
  const english = resolve('client')
  const own = resolve('client/languages', language)
  return {
    name: 'in-language',
    enforce: 'pre',
    resolveId(source, importer) {
      if (importer === undefined || !/(^|[/-])words\.ts$/.test(source)) return undefined
      const asked = resolve(dirname(importer), source)
      if (!asked.startsWith(`${english}/`) || asked.startsWith(`${english}/languages/`)) return undefined
      const its = asked.replace(english, own)
      return existsSync(its) ? its : this.error(`${its} is missing: the words of ${asked} in this language`)
    },
  }
}

export default defineConfig(({ mode }) => {
  const isPatients = /^patient\b/.test(mode)
  const language = shells.get(mode.replace(/^patient\.?/, '')) ?? en
  const isEnglish = language === en
  const pages = ['launch.html', 'hand-over.html', 'join.html']
  return {
    plugins: [
      preact({ reactAliasesEnabled: false }),
      sharedShell(language),
      ...(isPatients ? [plainImports] : []),
      ...(isEnglish ? [] : [inLanguage(language.language)]),
    ],
    resolve: { alias: reactOfSdk },
    build: {
      outDir: isEnglish ? 'dist/client' : `dist/client/${language.language}`,
      emptyOutDir: isEnglish && !isPatients,
      // A page of one script has nothing to load beforehand.
      modulePreload: isPatients ? false : { polyfill: false },
      rolldownOptions: {
        input: isPatients ? 'client/patient.html' : isEnglish ? [...pages, 'client/clinician.html'] : pages,
        // What it needs at once stays together, whatever is fetched later shares of it: each piece more is one more round trip for a phone.
        ...(isPatients && { output: { codeSplitting: { groups: [{ name: 'patient', tags: ['$initial'] }] } } }),
      },
    },
  }
})
