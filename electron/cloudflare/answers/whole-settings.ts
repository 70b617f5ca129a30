import { z } from 'zod'
import { AppError } from '#shared/errors'
import type { Success } from '../envelope'
import { SettingAnswer } from './certificates'
import { parseAnswer } from './kept'

/**
 * The settings of all hostnames. Cloudflare documents no pages for them, but a PUT replaces the whole list, so what is not in
 * the answer would be deleted. Errors: `cloudflare-answer-wrong` where the answer says that there are more, or names a hostname
 * twice.
 */
export function wholeSettings({ result, result_info: info }: Success): SettingAnswer[] {
  const settings = parseAnswer('settings', z.array(SettingAnswer), result)
  const isWhole = (info?.total_count ?? settings.length) === settings.length && (info?.total_pages ?? 1) <= 1
  if (!isWhole) throw new AppError('cloudflare-answer-wrong', 'settings: They are only a part of the list.')
  const hostnames = new Set(settings.map(({ hostname }) => hostname.toLowerCase()))
  if (hostnames.size < settings.length)
    throw new AppError('cloudflare-answer-wrong', 'settings: A hostname has more than one.')
  return settings
}
