// `npm run house`: the plan of server and client as it stands, and what goes against it. Ends with 1 where anything does.
import { look } from '../test/support/floors.ts'

for (const side of ['server', 'client'] as const) {
  const { floors, folders, files, lines, ...against } = look(side)
  const { empty, loose, up, pairs } = against
  const circles = against.circles.map((circle) => circle.join(' <-> '))
  console.log(`${side}: ${files} files of ${lines} lines in ${folders} folders on ${floors} floors`)
  for (const [what, found] of Object.entries({
    'floors without a file': empty,
    'files on no floor': loose,
    'imports that point up': up,
    'circles of files': circles,
    'pairs of folders that import each other': pairs,
  })) {
    console.log(`  ${found.length} ${what}`)
    for (const one of found) console.log(`    ${one}`)
    if (found.length > 0) process.exitCode = 1
  }
}
