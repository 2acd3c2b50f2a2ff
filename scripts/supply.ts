// Part of `npm run check`: refuses a package that would come with the app and is not on the list, naming it.
import { productionList, supplyOf, supplyProblems } from '../test/support/supply.ts'

const problems = supplyProblems(supplyOf())
for (const problem of problems) console.error(`${problem}.`)
if (problems.length > 0) {
  console.error(
    `The list is ${productionList}: what is there for the build, the tests or the pages alone belongs into devDependencies.`,
  )
  process.exitCode = 1
}
