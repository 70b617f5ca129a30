import { homedir } from 'node:os'
import { type CommandLink, createCommandLink } from '#electron/platform/command-link'
import { commandIn } from './package-files'

export const systemCommandTool = (): CommandLink =>
  createCommandLink({ program: commandIn(process.resourcesPath), userHome: homedir() })
