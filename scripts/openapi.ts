// `npm run openapi`: writes the description of our URLs, docs/openapi.json, from the code. A test holds that it is as this writes it.
import { writeFileSync } from 'node:fs'
import { openapiText } from './openapi/document.ts'

const file = 'docs/openapi.json'
writeFileSync(file, openapiText())
console.log(`${file} is written.`)
