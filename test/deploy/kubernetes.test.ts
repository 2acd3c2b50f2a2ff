// The manifests for a cluster, held against each other and against the app: names, labels, keys, probes, and what the pod may do.
import { readdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ConfigProblem, readConfig } from '../../server/settings/config.ts'
import { openWorld } from '../support/world.ts'
import { compose, settingsIn, stagesOf, text, yamlOf } from './deploy.ts'

const folder = 'deploy/kubernetes'
const Named = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
})
const { resources, namespace } = z
  .looseObject({ resources: z.array(z.string()), namespace: z.string() })
  .parse(yamlOf(join(folder, 'kustomization.yaml'))[0])
const manifests = resources.flatMap((file) => yamlOf(join(folder, file)))
const named = manifests.map((one) => Named.parse(one))
const manifest = (kind: string): unknown => manifests[named.findIndex((one) => one.kind === kind)]

const Probe = z.looseObject({ httpGet: z.strictObject({ path: z.string(), port: z.string() }) })
const labels = z.record(z.string(), z.string())
const Deployment = z.object({
  spec: z.object({
    replicas: z.number(),
    strategy: z.object({ type: z.string() }),
    selector: z.object({ matchLabels: labels }),
    template: z.object({
      metadata: z.object({ labels }),
      spec: z.looseObject({
        automountServiceAccountToken: z.boolean(),
        terminationGracePeriodSeconds: z.number(),
        securityContext: z.record(z.string(), z.unknown()),
        containers: z.tuple([
          z.looseObject({
            image: z.string(),
            ports: z.array(z.object({ name: z.string(), containerPort: z.number() })),
            env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })),
            envFrom: z.array(z.object({ secretRef: z.object({ name: z.string() }) })),
            securityContext: z.record(z.string(), z.unknown()),
            resources: z.object({ requests: labels, limits: labels }),
            startupProbe: Probe,
            readinessProbe: Probe,
            livenessProbe: Probe,
            volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })),
          }),
        ]),
        volumes: z.array(z.looseObject({ name: z.string() })),
      }),
    }),
  }),
})
const { spec } = Deployment.parse(manifest('Deployment'))
const pod = spec.template.spec
const [app] = pod.containers
const Config = z.object({ data: z.record(z.string(), z.string()) })
const { data } = Config.parse(manifest('ConfigMap'))
const Secret = z.object({ metadata: z.object({ name: z.string() }), stringData: z.record(z.string(), z.string()) })
const [secret, clientKeys] = yamlOf(join(folder, 'secret.example.yaml')).map((one) => Secret.parse(one))
const settings = z.record(z.string(), z.string()).parse(
  Object.fromEntries(
    (stagesOf('deploy/Dockerfile').app ?? [])
      .find(({ verb }) => verb === 'ENV')
      ?.words.split(' ')
      .map((pair) => pair.split('=', 2)) ?? [],
  ),
)

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'housecall-kubernetes-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

describe('the manifests', () => {
  test('are all there, in one namespace, and bring no secret along', () => {
    const files = readdirSync(folder).filter((name) => name !== 'kustomization.yaml' && !name.includes('example'))

    expect(resources.toSorted()).toEqual(files.toSorted())
    expect(named.map(({ kind }) => kind).toSorted()).toEqual([
      ...['ConfigMap', 'Deployment', 'Ingress', 'Namespace', 'NetworkPolicy', 'PersistentVolumeClaim', 'Service'],
    ])
    for (const { kind, metadata } of named)
      expect([kind, metadata.name, metadata.namespace]).toEqual([
        kind,
        'housecall',
        kind === 'Namespace' ? undefined : namespace,
      ])
  })

  test('give the app no setting it does not have', () => {
    const known = settingsIn(text('server/settings/config.ts'))
    const given = readdirSync(folder).flatMap((file) => settingsIn(text(join(folder, file))))

    expect(given.length).toBeGreaterThan(4)
    expect(given.filter((name) => !known.includes(name))).toEqual([])
  })
})

describe('the pod', () => {
  test('is one, ended before the next begins, with a volume that no second one can mount', () => {
    expect([spec.replicas, spec.strategy.type]).toEqual([1, 'Recreate'])
    expect(manifest('PersistentVolumeClaim')).toMatchObject({ spec: { accessModes: ['ReadWriteOncePod'] } })
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(10)
  })

  test('is found by its service, its ingress and its policy', () => {
    expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels)
    expect(manifest('Service')).toMatchObject({
      spec: { selector: spec.selector.matchLabels, ports: [{ name: 'http', targetPort: app.ports[0]?.name }] },
    })
    expect(JSON.stringify(manifest('Ingress'))).toContain('"service":{"name":"housecall","port":{"name":"http"}}')
    // Every pod of the namespace.
    expect(manifest('NetworkPolicy')).toMatchObject({
      spec: {
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ ports: [{ port: app.ports[0]?.name }] }],
      },
    })
  })

  test('may do no more than it must', () => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000 })
    expect(pod.securityContext.seccompProfile).toEqual({ type: 'RuntimeDefault' })
    expect(app.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    expect(pod.automountServiceAccountToken).toBe(false)
    expect(manifest('Namespace')).toMatchObject({
      metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    })
    expect(app.resources.limits.memory).toBe('1Gi')
  })

  test('runs the same image as the single machine, and finds everything where the image expects it', () => {
    const mounts = app.volumeMounts.map(({ mountPath }) => mountPath)

    expect(app.image).toBe(compose().services.app?.image)
    expect(app.ports[0]?.containerPort).toBe(Number(settings.HOUSECALL_PORT))
    expect(mounts).toEqual([settings.HOUSECALL_DATA, '/etc/housecall', '/run/housecall', '/tmp'])
    expect(settings.HOUSECALL_CONFIG).toBe(`/etc/housecall/organisations.json`)
    expect(Object.keys(data)).toContain('organisations.json')
    expect(app.env.find(({ name }) => name === 'HOUSECALL_CLIENT_KEYS')?.value).toBe(
      `/run/housecall/${Object.keys(clientKeys?.stringData ?? {})[0]}`,
    )
    expect(pod.volumes.map(({ name }) => name).toSorted()).toEqual(app.volumeMounts.map(({ name }) => name).toSorted())
    expect(pod.volumes).toContainEqual({
      name: 'client-keys',
      secret: { secretName: clientKeys?.metadata.name, defaultMode: 0o440 },
    })
    expect(app.envFrom).toEqual([{ secretRef: { name: secret?.metadata.name } }])
  })

  test('is asked how it is at an address that answers', async () => {
    const paths = [app.startupProbe, app.readinessProbe, app.livenessProbe].map(({ httpGet }) => httpGet)
    const world = await openWorld()
    try {
      for (const { path, port } of paths) {
        expect(port).toBe(app.ports[0]?.name)
        expect((await fetch(`${world.url}${path}`)).status).toBe(200)
      }
    } finally {
      await world.close()
    }
  })
})

describe('its settings', () => {
  /** What the pod would hand to the app, with this test's files instead of the mounted ones. */
  async function environment(): Promise<Record<string, string | undefined>> {
    const config = join(root, 'organisations.json')
    const keys = join(root, 'client-keys.json')
    await writeFile(config, data['organisations.json'] ?? '')
    await writeFile(keys, JSON.stringify({ keys: [{ kty: 'EC', kid: 'k', alg: 'ES384', d: 'd' }] }))
    const told = { ...settings, HOUSECALL_URL: data.HOUSECALL_URL, ...secret?.stringData }
    return { ...told, HOUSECALL_CONFIG: config, HOUSECALL_CLIENT_KEYS: keys }
  }

  test('start the app once the secrets are real ones, and not before', async () => {
    const env = await environment()
    const key = Buffer.alloc(32, 7).toString('base64url')
    const real: Record<string, string> = {
      HOUSECALL_SEAL_KEYS: `k1:${key}`,
      HOUSECALL_ROOM_KEY: key,
      HOUSECALL_JITSI_SECRET_RIVERSIDE: key,
    }

    expect(Object.keys(real).toSorted()).toEqual(Object.keys(secret?.stringData ?? {}).toSorted())
    expect(readConfig({ ...env, ...real }).organisations).toHaveLength(1)
    for (const name of Object.keys(real))
      expect(() => readConfig({ ...env, ...real, [name]: 'REPLACE' }), name).toThrow(ConfigProblem)
  })

  test('name the same clinic as the example for a single machine', () => {
    expect(JSON.parse(data['organisations.json'] ?? '')).toEqual(JSON.parse(text('deploy/organisations.example.json')))
  })
})

test('the ingress speaks https, passes event streams on, and keeps addresses out of its log', () => {
  const host = new URL(data.HOUSECALL_URL ?? '').host

  expect(manifest('Ingress')).toMatchObject({
    metadata: {
      annotations: {
        'nginx.ingress.kubernetes.io/proxy-buffering': 'off',
        'nginx.ingress.kubernetes.io/proxy-read-timeout': '3600',
        'nginx.ingress.kubernetes.io/ssl-redirect': 'true',
        'nginx.ingress.kubernetes.io/enable-access-log': 'false',
      },
    },
    spec: { tls: [{ hosts: [host] }], rules: [{ host }] },
  })
})
