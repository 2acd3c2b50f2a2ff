// Owns the start of the sandbox EHR: puts authorization server, FHIR server and face on one port of this machine.
// Stands in for a hospital in tests and in the demo; never imported by server or client.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import express, { type Express } from 'express'
import type { FhirResource } from 'fhir/r4'
import { clinic, clinicDay } from '../../fhir-fixtures/day.ts'
import { type Board, boardOf } from '../board.ts'
import type { TakenMail } from '../mail/server.ts'
import { basesOf, seenFrom } from './bases.ts'
import type { App, Client, Ehr, FhirOf, LaunchRequest } from './contract.ts'
import { desktop } from './face/desktop.ts'
import { faultsPage } from './face/faults.ts'
import { mailPage } from './face/mail.ts'
import { pages } from './face/pages.ts'
import { portal } from './face/portal.ts'
import { faultNames, newFaults } from './faults.ts'
import { fhirServer } from './fhir/server.ts'
import { newStore } from './fhir/store.ts'
import type { Hospital } from './hospital.ts'
import { idsOf } from './ids.ts'
import { launchUrl } from './launch.ts'
import { authorizationEndpoint } from './oauth/authorize.ts'
import { discovery } from './oauth/discovery.ts'
import { newGrants } from './oauth/grants.ts'
import { signingKeys } from './oauth/keys.ts'
import { perMinute } from './oauth/pace.ts'
import { tokenEndpoint } from './oauth/token.ts'
import { generic } from './personalities/generic.ts'
import type { Personality } from './personality.ts'

export type * from './contract.ts'
export type { FaultName } from './faults.ts'

export type EhrOptions = {
  /** 0, the default, takes any free port. */
  port?: number
  host?: '127.0.0.1'
  /** Speaks TLS by this certificate; plain http unless told. */
  tls?: { readonly cert: string; readonly key: string }
  clients: readonly Client[]
  launchUrls: readonly App[]
  now?: () => Date
  /** The world at the start; left out, the fixtures' clinic day. */
  resources?: readonly FhirResource[]
  /** false: no desktop and no portal. */
  desktop?: boolean
  /** What else stands on the same stage and can go wrong, for the page of faults. */
  otherBoards?: () => readonly Board[]
  /** What the clinic's mail server got, for a page of its own; none where there is no such server. */
  mails?: () => readonly TakenMail[]
  /** The clinic's time zone, for the desktop's and the portal's clock. */
  timeZone?: string
  personality?: Personality
  /** Asked first about every request: what it does not hand on, it answers itself. For answers that nobody here would give. */
  inTheWay?: (request: IncomingMessage, response: ServerResponse, handOn: () => void) => void
}

/** Starts the EHR and resolves once it listens. Loopback only: everyone may sign in as anybody here. */
export async function startEhr(options: EhrOptions): Promise<Ehr> {
  const { port = 0, host = '127.0.0.1', tls } = options
  const server = tls === undefined ? createServer() : createTlsServer(tls)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  // Sound: a server listening on TCP has an address with a port.
  const origin = `${tls === undefined ? 'http' : 'https'}://${host}:${(server.address() as AddressInfo).port}`
  const hospital = await newHospital(origin, options)
  const { inTheWay = (_request, _response, handOn) => handOn() } = options
  const board = boardOf('The EHR', faultNames, hospital.faults)
  const boards = () => [board, ...(options.otherBoards?.() ?? [])]
  const open = doors(hospital, (options.desktop ?? true) ? boards : undefined, options.mails)
  server.on('request', (request, response) => inTheWay(request, response, () => open(request, response)))
  const { store, faults, requests, iss, bases } = hospital
  const ids = idsOf(hospital.personality)
  return {
    ...{ origin, iss, faults, requests },
    issuers: { provider: iss, patient: bases.at(-1)?.iss ?? iss },
    board,
    desktopUrl: `${origin}/desktop`,
    portalUrl: `${origin}/portal`,
    launchUrl: async (request: LaunchRequest) => launchUrl(hospital, ids.at(request)),
    resource: <T extends FhirResource['resourceType']>(type: T, id: string): FhirOf<T> | undefined =>
      store.get(type, ids.of(id)),
    idOf: ids.of,
    all: <T extends FhirResource['resourceType']>(type: T): FhirOf<T>[] => store.all(type),
    put: (resource) => store.put(ids.in(resource)),
    remove: (type, id) => store.remove(type, ids.of(id)),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function newHospital(origin: string, options: EhrOptions): Promise<Hospital> {
  const { clients, launchUrls, now = () => new Date(), personality = generic, timeZone = clinic.timeZone } = options
  const bases = basesOf(origin, personality)
  const [base] = bases
  if (!base) throw new Error('A hospital has a FHIR base.')
  const whole = {
    ...{ origin, clients, personality, timeZone, now, bases, base },
    ...{ iss: base.iss, issuer: `${origin}/oauth` },
    apps: launchUrls,
    faults: newFaults(),
    keys: signingKeys(personality.smart),
    grants: newGrants(now),
    store: await newStore((options.resources ?? clinicDay(now())).map(idsOf(personality).in), now),
    requests: [],
  }
  return seenFrom(whole, base)
}

/** Without boards there is no face: no desktop, no portal, no page of faults. */
function doors(hospital: Hospital, boards: (() => readonly Board[]) | undefined, mails: EhrOptions['mails']): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(discovery(hospital))
  app.use(['/oauth/authorize', '/oauth/sign-in', '/oauth/token'], perMinute(hospital))
  app.use(tokenEndpoint(hospital))
  app.use(authorizationEndpoint(hospital))
  for (const base of hospital.bases) app.use(base.path, fhirServer(seenFrom(hospital, base)))
  app.use(pages(hospital.faults))
  if (boards !== undefined) app.use(desktop(hospital), portal(hospital), faultsPage(hospital.origin, boards))
  if (mails !== undefined) app.use(mailPage(hospital.origin, mails))
  return app
}
