import type { LabScenario, LabScenarioWords } from '../../model/lab-scenario'

const group = 'edge'

/** What Cloudflare answers before Access, or after it. */
export const edge = {
  'edge-country': { group, title: 'Error 1009: country', broken: 'Visitors from your country are blocked.' },
  'edge-user-agent': { group, title: 'Error 1010: user agent', broken: 'Programs with this user agent are blocked.' },
  'edge-rate': { group, title: 'Error 1015: rate limit', broken: 'There are too many requests from your address.' },
  'edge-origin-name': {
    group,
    title: 'Error 1016: origin not found',
    broken: 'The DNS record of the server behind the site leads nowhere.',
  },
  'edge-rule': { group, title: 'Error 1020: firewall rule', broken: 'A firewall rule refuses your request.' },
  'edge-tunnel': {
    group,
    title: 'Error 1033: tunnel',
    broken: 'The tunnel’s program, cloudflared, is not running on the server.',
  },
  'edge-other': { group, title: 'Error 1006: banned address', broken: 'Your IP address is banned.' },
  'edge-to-origin': {
    group,
    title: 'Error 522: the origin does not answer',
    broken: 'The server behind the site does not answer Cloudflare in time.',
  },
  'bot-challenge': { group, title: 'A bot check', broken: 'Every visitor has to pass a browser check first.' },
  'firewall-block': {
    group,
    title: 'Blocked by the firewall',
    broken: 'A custom rule of the zone blocks your request.',
  },
} as const satisfies Partial<Record<LabScenario, LabScenarioWords>>
