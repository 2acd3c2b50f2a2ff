// The static side: launch.html, the app's one page and its assets, as the client build left them.
// Refuses to start without a build. A refused launch is shown by launch.html itself, with the refusal's own status.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import express, { type Response, Router } from 'express'
import { type Code, refusals } from './domain/errors.ts'

export type Pages = {
  readonly router: Router
  /** Shows a refusal (or a fault) of the launch to a person. */
  problem(response: Response, code: Code | 'fault'): void
}

export function openPages(directory: string): Pages {
  const launch = readFileSync(join(directory, 'launch.html'), 'utf8')
  const app = readFileSync(join(directory, 'client/index.html'), 'utf8')
  const router = Router()
  const page = (html: string) => (_: unknown, response: Response) =>
    response.type('html').set('Cache-Control', 'no-cache').send(html)
  router.get(['/', '/launch.html'], page(launch))
  router.get(['/v/:launch', '/v/:launch/visits/:visit'], page(app))
  // Names of assets hold a hash of their content.
  router.use('/assets', express.static(join(directory, 'assets'), { immutable: true, maxAge: '1y', index: false }))
  return {
    router,
    problem(response, code) {
      const status = code === 'fault' ? 500 : refusals[code].status
      const html = launch.replace('<html', `<html data-refusal="${code}"`)
      response.status(status).type('html').set('Cache-Control', 'no-store').send(html)
    },
  }
}
