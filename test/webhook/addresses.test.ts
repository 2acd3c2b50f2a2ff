// Which addresses are anybody's to be reached at. What happens in visits goes to no other, whoever named it.
import { describe, expect, test } from 'vitest'
import { addressIn, isLoopbackAddress, isPublicAddress } from '../../server/settings/addresses.ts'

const inside = [
  ...['0.0.0.0', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.8.8.8'],
  ...['169.254.169.254', '169.254.170.2', '172.16.0.1', '172.31.255.255', '192.168.1.1', '192.0.0.192', '192.0.2.1'],
  ...['192.88.99.1', '198.18.0.1', '198.51.100.7', '203.0.113.9', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '::7f00:1', 'fe80::1', 'fe80::1%eth0'],
  ...['fc00::1', 'fd00:ec2::254', 'ff02::1', '64:ff9b::7f00:1', '64:ff9b:1::1', '100::1', '2001::1', '2001:db8::1'],
  ...['2002:7f00:1::', '3fff::1', 'fec0::1'],
]
const anybodys = ['1.1.1.1', '8.8.8.8', '100.63.255.255', '100.128.0.1', '172.15.255.255', '172.32.0.1', '192.167.1.1']
const anybodys6 = ['2606:4700::1111', '2a00:1450:4001::200e', '2001:4860:4860::8888']

test.each(inside)('%s is no address to tell anything to', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each([...anybodys, ...anybodys6])('%s is an address of the internet', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test('what is no address is none', () => {
  expect(['', 'example.org', '1.2.3', '1.2.3.4.5', '010.0.0.1', '::g'].map(isPublicAddress)).not.toContain(true)
})

describe('the host of a URL', () => {
  test.each([
    ['https://0x7f.1/', '127.0.0.1'],
    ['https://2130706433/', '127.0.0.1'],
    ['https://0177.0.0.1/', '127.0.0.1'],
    ['https://[::ffff:127.0.0.1]/', '::ffff:7f00:1'],
    ['https://hooks.example.org/', undefined],
  ])('%s is the address %s, however it is written', (url, address) => {
    expect(addressIn(new URL(url))).toBe(address)
  })
})

test('this machine is told by its addresses alone', () => {
  expect(['127.0.0.1', '127.255.0.1', '::1'].map(isLoopbackAddress)).toEqual([true, true, true])
  expect(['10.0.0.1', '::2', '::ffff:127.0.0.1', 'localhost'].map(isLoopbackAddress)).not.toContain(true)
})
