/** `npm run soak` tries far more random inputs and moments than `npm test`, which has a sample. */
export const isSoak = process.env['LATCHKEY_SOAK'] === '1'

/** How many random inputs a property is tried with: `usual` of them in `npm test`. */
export const rounds = (usual: number): number => (isSoak ? usual * 20 : usual)
