import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'

// launch.html is the registered SMART launch URL, client/index.html is everything behind it, hand-over.html the way into a window of its own.
export default defineConfig({
  plugins: [preact()],
  build: {
    outDir: 'dist/client',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ['launch.html', 'hand-over.html', 'client/index.html'] },
  },
})
