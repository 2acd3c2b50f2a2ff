// One seed for every property, so that a run gives the same answer each time; HOUSECALL_TEST_SEED=<number> looks elsewhere.
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env.HOUSECALL_TEST_SEED ?? 20_261_122) })
