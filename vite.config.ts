import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'

// Two pages: launch.html is the registered SMART launch URL, client/index.html is everything behind it.
export default defineConfig({
  plugins: [preact()],
  build: {
    outDir: 'dist/client',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ['launch.html', 'client/index.html'] },
  },
})
