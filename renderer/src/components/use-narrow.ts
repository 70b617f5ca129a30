import { useMediaQuery } from '@mantine/hooks'

/** Where list and detail do not fit beside each other. The same width stands in the styles, which cannot take it from here. */
export const useNarrow = (): boolean =>
  useMediaQuery('(max-width: 799.98px)', false, { getInitialValueInEffect: false })
