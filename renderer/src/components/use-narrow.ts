import { useMediaQuery } from '@mantine/hooks'

/** Where list and detail do not fit beside each other. The same width stands in the styles, which cannot take it from here. */
export const useNarrow = (): boolean =>
  useMediaQuery('(max-width: 799.98px)', false, { getInitialValueInEffect: false })

/** Where a list scrolls with what stands around it, as one piece. The same height stands in the styles. */
export const useShort = (): boolean => useMediaQuery('(max-height: 420px)', false, { getInitialValueInEffect: false })
