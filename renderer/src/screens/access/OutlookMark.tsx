import { IconArrowRight, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { AccessAnswer } from '#shared/model/access-screen'

const marks: Record<AccessAnswer['outlook']['verdict'], { Icon: typeof IconCircleX; color: string }> = {
  'let-in': { Icon: IconCircleCheck, color: 'var(--mantine-color-teal-text)' },
  refused: { Icon: IconCircleX, color: 'var(--mantine-color-red-text)' },
  depends: { Icon: IconArrowRight, color: 'var(--mantine-color-indigo-text)' },
}

export function OutlookMark({ outlook, size }: { outlook: AccessAnswer['outlook']; size: number }) {
  const { Icon, color } = marks[outlook.verdict]
  return <Icon size={size} color={color} aria-hidden />
}
