// Owns the CapabilityStatement: what this server does, read off the same tables that it works by.
import type { CapabilityStatement, CapabilityStatementRestResource } from '@medplum/fhirtypes'
import type { Hospital } from '../hospital.ts'
import { paths } from '../oauth/discovery.ts'
import type { Interaction, Personality } from '../personality.ts'
import { searchParamsOf, steers } from './search.ts'

export function capabilityStatement(hospital: Hospital): CapabilityStatement {
  const { iss, personality, faults } = hospital
  const system = personality.system.filter((code) => code !== 'transaction' || !faults.isOn('no-transaction'))
  const listed = Object.entries(personality.types).map(([type, does]) => resource(type, does, personality))
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: hospital.now().toISOString(),
    kind: 'instance',
    ...softwareOf(personality),
    implementation: { description: 'A hospital on one machine, for trying apps on', url: iss },
    fhirVersion: '4.0.1',
    format: ['json', 'application/fhir+json'],
    rest: [
      {
        mode: 'server',
        security: security(hospital),
        ...(faults.strike('metadata-large') && { documentation: 'Lorem ipsum. '.repeat(140_000) }),
        ...(faults.strike('metadata-bare') ? {} : { resource: listed }),
        interaction: system.map((code) => ({ code })),
      },
    ],
  }
}

function softwareOf({ name, fhir }: Personality): Pick<CapabilityStatement, 'software' | 'publisher'> {
  if (fhir?.software === undefined) return { software: { name: `Sandbox EHR (${name})` } }
  const { publisher, ...software } = fhir.software
  return { software, ...(publisher && { publisher }) }
}

function resource(
  type: string,
  does: readonly Interaction[],
  personality: Personality,
): CapabilityStatementRestResource {
  const params = does.includes('search-type') ? [...searchParamsOf(type, personality)] : []
  const included = params.flatMap(([code, param]) => (param.type === 'reference' ? [`${type}:${code}`] : []))
  return {
    // Sound: a personality's types are R4's.
    type: type as CapabilityStatementRestResource['type'],
    interaction: does.map((code) => ({ code })),
    versioning: 'versioned',
    readHistory: false,
    updateCreate: false,
    conditionalCreate: personality.conditionalCreate && does.includes('create'),
    conditionalUpdate: false,
    conditionalDelete: 'not-supported',
    ...(params.length > 0 && {
      ...(steers(personality, '_include') && !personality.fhir?.includesUnlisted && { searchInclude: included }),
      searchParam: params.map(([code, param]) => ({ name: code, type: param.type })),
    }),
  }
}

function security({ origin }: Hospital) {
  return {
    cors: false,
    service: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'SMART-on-FHIR' }] },
    ],
    extension: [
      {
        url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
        extension: [
          { url: 'authorize', valueUri: origin + paths.authorize },
          { url: 'token', valueUri: origin + paths.token },
        ],
      },
    ],
  }
}
