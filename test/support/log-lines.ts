// What the app has logged, line by line.
import type { z } from 'zod'
import type { World } from './world.ts'

/** Each line of the log as the schema reads it, from a place in it on. */
export const loggedLines = <T>(world: Pick<World, 'log'>, line: z.ZodType<T>, start = 0): readonly T[] =>
  world
    .log()
    .slice(start)
    .split('\n')
    .filter(Boolean)
    .map((text) => line.parse(JSON.parse(text)))
