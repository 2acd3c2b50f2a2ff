// The EHR's look on our pages: what is taken over, and what is not because somebody could no longer read it.
import { describe, expect, test } from 'vitest'
import { contrast, darkPaper, readableShades } from '../../server/domain/ehr/contrast.ts'
import { lookOf } from '../../server/domain/ehr/look.ts'
import { type Style, wearable } from '../../server/domain/ehr/style.ts'

const worn = (style: Style, small = true, accent?: string) => lookOf({ style, small, accent })

describe('a page in the EHR', () => {
  test('has the EHR’s colours, corners, spacing and letters', () => {
    const look = worn({
      ...{ color_background: '#f4f6f8', color_text: '#1d2733', color_highlight: '#2a6496', color_error: '#9e2d2d' },
      ...{ color_success: '#2d6e3e', dim_border_radius: '2px', dim_spacing_size: '8px', dim_font_size: '14px' },
      ...{ font_family_body: 'Tahoma, sans-serif', font_family_heading: 'Georgia, serif' },
    })

    expect(look).toMatchObject({
      '--accent': '#2a6496',
      ...{ '--ehr-ground': '#f4f6f8', '--ehr-ink': '#1d2733', '--ehr-danger': '#9e2d2d', '--ehr-good': '#2d6e3e' },
      ...{ '--radius': '2px', '--u': '8px', 'font-size': '87.5%' },
      ...{ '--font-body': 'Tahoma, sans-serif', '--font-heading': 'Georgia, serif' },
    })
  })

  test('looks as ever where the EHR says nothing', () => {
    expect(worn({})).toEqual({})
  })

  test('has the clinic’s own accent, whatever the EHR’s highlight is', () => {
    expect(worn({ color_highlight: '#2a6496' }, true, '#0b6b6b')['--accent']).toBe('#0b6b6b')
  })

  test.each<[string, Style]>([
    ['a highlight too pale for white letters', { color_highlight: '#7cc0ea' }],
    ['letters as pale as the page', { color_text: '#999999' }],
    ['a ground as dark as our letters', { color_background: '#333333' }],
    ['a ground on which our quiet words fade', { color_background: '#c0c0c0' }],
    ['an error nobody can read', { color_error: '#ff9999' }],
    ['a success nobody can read', { color_success: '#66dd88' }],
  ])('does not take over %s', (_what, style) => {
    expect(worn(style)).toEqual({})
  })

  test('keeps every pair of words and ground readableShades, whatever greys the EHR names', () => {
    for (let grey = 0; grey < 256; grey += 5) {
      const hex = `#${grey.toString(16).padStart(2, '0').repeat(3)}`
      const look = worn({ color_background: hex, color_text: hex })
      const ground = look['--ehr-ground'] ?? '#f3f5f7'
      const ink = look['--ehr-ink'] ?? '#17202a'
      expect([hex, contrast(ink, ground) >= 4.5 && contrast(ink, '#ffffff') >= 4.5]).toEqual([hex, true])
    }
  })

  test('has no smaller letters for a patient than ours', () => {
    const small = { dim_font_size: '14px' }

    expect(worn(small, false)['font-size']).toBeUndefined()
    expect(worn({ dim_font_size: '20px' }, false)['font-size']).toBe('125%')
  })
})

describe('what an EHR tells of its look', () => {
  test('is kept member by member: the sound ones stay when another is not', () => {
    expect(wearable({ color_text: '#1D2733', color_error: 'red', dim_border_radius: '6px', more: 1 })).toEqual({
      color_text: '#1d2733',
      dim_border_radius: '6px',
    })
  })

  test.each<[string, unknown]>([
    ['color_text', '#fff'],
    ['color_text', '#00000080'],
    ['color_text', 'url(https://elsewhere.example)'],
    ['color_text', 7],
    ['dim_border_radius', '6'],
    ['dim_border_radius', '-1px'],
    ['dim_border_radius', '999px'],
    ['dim_font_size', '2px'],
    ['dim_font_size', '80px'],
    ['dim_spacing_size', '20px'],
    ['dim_spacing_size', 'calc(1px * 8)'],
    ['font_family_body', 'x; background: url(//elsewhere.example)'],
    ['font_family_body', 'var(--x)'],
    ['font_family_body', `${'a'.repeat(300)}`],
    ['font_family_heading', '"open'],
    ['font_family_heading', ''],
  ])('is nothing where %s is %s', (name, value) => {
    expect(wearable({ [name]: value })).toBeUndefined()
  })
})

describe('an organisation’s colour', () => {
  test.each(['#ffe600', '#0b6e4f', '#000000', '#ffffff', '#7f7f7f'])('%s is made readable on both grounds', (hex) => {
    const colours = readableShades(hex)

    expect(contrast(colours?.strong ?? '', '#ffffff')).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colours?.pale ?? '', darkPaper)).toBeGreaterThanOrEqual(4.5)
  })

  test('that is none is not worn', () => {
    expect(['red', '#fff', 'url(x)'].map(readableShades)).toEqual([undefined, undefined, undefined])
  })
})
