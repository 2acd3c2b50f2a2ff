// One seed for every property, so that a run gives the same answer each time; HOUSECALL_TEST_SEED=<number> looks elsewhere.
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env.HOUSECALL_TEST_SEED ?? 20_261_122) })

// Node 21 and later have a navigator with a language of its own. In the units nobody knows the reader's languages, on whichever line they run.
Reflect.deleteProperty(globalThis, 'navigator')
