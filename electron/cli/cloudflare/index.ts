import type { Command } from 'commander'
import type { Runner } from '../runner'
import { addAlerts } from './alerts'
import { addApply, addResume } from './apply'
import { addBlock } from './block'
import { addCheck } from './check'
import { addDrift } from './drift'
import { addExplain } from './explain'
import { addExport } from './export'
import { addLists } from './lists'
import { addLogin, addLogout } from './login'
import { addPlan } from './plan'
import { addReset } from './reset'
import { addRollOver } from './roll-over'
import { addStatus } from './status'
import { addUndo } from './undo'

const tokens = `
The API token comes from --token-file (“-” for standard input), from the variable CLOUDFLARE_API_TOKEN, or from the vault,
where “login” stores it. All but “apply”, “resume”, “undo”, “block”, “rollover”,
“ca add”, “ca retire”, “host add”, “host remove”, “alerts add”, “alerts remove” and “alerts test” only read. The token needs the permissions “Access: Mutual TLS Certificates Read”
and “Access: Apps and Policies Read”; “Access: Organizations, Identity Providers, and Groups Read” and “Zone Read” show more.

With --practice, a command works on an account on this computer instead, without a token and without a network. What is
applied there decides who gets in at the practice site (“latchkey lab”), and changes nothing anywhere else.

Examples:
  latchkey cloudflare login --token-file -
  latchkey cloudflare status
  latchkey cloudflare apply latchkey.access.json --practice`

/** Commands for administrators of Access in a Cloudflare account. */
export function addCloudflare(program: Command, runner: Runner): void {
  const cloudflare = program
    .command('cloudflare')
    .summary('see and change Access in a Cloudflare account: hostnames, CAs, applications, policies')
    .addHelpText('after', tokens)
  const commands = [
    addLogin,
    addLogout,
    addStatus,
    addExplain,
    addDrift,
    addExport,
    addPlan,
    addApply,
    addResume,
    addUndo,
    addBlock,
    addRollOver,
    addAlerts,
    addCheck,
    addReset,
    addLists,
  ]
  for (const add of commands) add(cloudflare, runner)
}
