// Whose word on addresses is taken: a number, or addresses; never everybody's, and nothing that express would not take.
import express from 'express'
import { describe, expect, test } from 'vitest'
import { trustedProxies } from '../../server/settings/proxies.ts'

const read = (text: string) => trustedProxies.safeParse(text)

describe('HOUSECALL_TRUST_PROXY', () => {
  test.each<[string, number | string[]]>([
    ['0', 0],
    ['none', 0],
    ['1', 1],
    [' 3 ', 3],
    ['loopback', ['loopback']],
    ['loopback, uniquelocal', ['loopback', 'uniquelocal']],
    ['10.1.0.7', ['10.1.0.7']],
    ['10.1.0.0/16,fd00:1::/32', ['10.1.0.0/16', 'fd00:1::/32']],
    ['10.0.0.0/8', ['10.0.0.0/8']],
    ['2001:db8::7', ['2001:db8::7']],
  ])('takes %j, and so does express', (text, expected) => {
    const { data } = read(text)

    expect(data).toEqual(expected)
    expect(() => express().set('trust proxy', data)).not.toThrow()
  })

  test.each([
    '',
    'true',
    'all',
    '*',
    '10',
    '-1',
    '1.5',
    '0.0.0.0/0',
    '::/0',
    '1.0.0.0/7',
    '10.0.0.0/33',
    'fd00::/129',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0',
    'proxy.example.org',
    'loopback,',
    'loopback,everybody',
    '1,loopback',
    `${'10.0.0.1,'.repeat(60)}10.0.0.1`,
  ])('refuses %j, and says what it may be', (text) => {
    const answer = read(text)

    expect(answer.error?.issues[0]?.message).toMatch(/how many proxies stand in front of the app .* not everybody's/)
  })
})
