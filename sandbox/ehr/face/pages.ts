// Owns what the face serves to all its pages: the style sheet, the style told to apps, and the way in.
import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { Router } from 'express'
import { type Faults, isBusy } from '../faults.ts'

const sheet = readFileSync(new URL('ehr.css', import.meta.url), 'utf8')

/** SMART's smart_style_url: colours and sizes an app may take over. */
const style = {
  color_background: '#f4f6f8',
  color_error: '#9e2d2d',
  color_highlight: '#2a6496',
  color_modal_backdrop: '#00000080',
  color_success: '#2d6e3e',
  color_text: '#1d2733',
  dim_border_radius: '2px',
  dim_font_size: '14px',
  dim_spacing_size: '8px',
  font_family_body: 'Tahoma, Verdana, sans-serif',
  font_family_heading: 'Tahoma, Verdana, sans-serif',
}

export function pages(faults: Faults): Router {
  const router = Router()
  router.get('/ehr.css', (_request, response) => void response.type('css').send(sheet))
  router.get('/smart-style.json', async (_request, response) => {
    const slow = faults.strike('fhir-slow', { types: ['smart-style'] })
    if (slow) await setTimeout(slow.ms ?? 2000, undefined, { ref: false })
    if (!isBusy(faults, 'style-429', response)) response.set('Access-Control-Allow-Origin', '*').json(style)
  })
  router.get('/', (_request, response) => response.redirect(302, '/desktop'))
  return router
}
