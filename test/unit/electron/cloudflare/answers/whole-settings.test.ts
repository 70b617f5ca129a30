import { describe, expect, it } from 'vitest'
import { wholeSettings } from '#electron/cloudflare/answers/whole-settings'

const setting = (hostname: string) => ({ hostname, china_network: false, client_certificate_forwarding: true })
const answerOf = (hostnames: string[], info?: object) => ({
  success: true as const,
  result: hostnames.map(setting),
  ...(info === undefined ? {} : { result_info: info }),
})

describe('the settings of all hostnames', () => {
  it.each([
    ['without a word about pages', undefined],
    ['on the only page', { total_count: 2, total_pages: 1, page: 1 }],
    ['of which only the number is told', { total_count: 2 }],
  ])('are taken %s', (_what, info) => {
    expect(wholeSettings(answerOf(['a.example', 'b.example'], info)).map(({ hostname }) => hostname)).toEqual([
      'a.example',
      'b.example',
    ])
    expect(wholeSettings(answerOf([], info && { total_count: 0, total_pages: 0 }))).toEqual([])
  })

  it.each([
    ['are more than these', ['a.example'], { total_count: 2 }],
    ['are fewer than these', ['a.example', 'b.example'], { total_count: 1 }],
    ['have a second page', ['a.example'], { total_pages: 2 }],
    ['name a hostname twice', ['a.example', 'A.example'], undefined],
  ])('are refused where they %s', (_what, hostnames, info) => {
    expect(() => wholeSettings(answerOf(hostnames, info))).toThrow(
      expect.objectContaining({ code: 'cloudflare-answer-wrong' }),
    )
  })
})
