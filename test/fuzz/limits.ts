/** In octets: what the limit of time is meant for. More would only make every run slower. */
export const MAX_INPUT = 64 * 1024
