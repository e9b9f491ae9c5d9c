/** A taller mail scrolls in its frame. */
export const frameHeightMax = 4000
/** One line of text. */
export const frameHeightMin = 22

/**
 * The height for a mail's frame, as reported from inside it; null for an invalid height. Only a number is accepted,
 * because the frame's content comes from strangers.
 */
export function frameHeight(said: unknown): number | null {
  if (typeof said !== 'object' || said === null || !('mailHeight' in said)) return null
  const height = said.mailHeight
  if (typeof height !== 'number' || !Number.isFinite(height) || height < 0) return null
  return Math.min(frameHeightMax, Math.max(frameHeightMin, Math.ceil(height)))
}

/** A mail above this height is folded. */
export const foldAbove = 1200
/** Well below `foldAbove`, so that a fold always hides a good part. */
export const foldedHeight = 900

/**
 * Whether to fold a mail of this height. A folded mail stays folded until it fits: the height of some mails depends on
 * the height of the frame, so a single threshold would fold and unfold them forever.
 */
export const isTall = (was: boolean, height: number) => height > (was ? foldedHeight : foldAbove)
