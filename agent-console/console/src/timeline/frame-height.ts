/** A taller mail scrolls in its frame. */
export const frameHeightMax = 4000
/** A line of words. */
export const frameHeightMin = 22

/**
 * The height that a mail's frame may have, by what was said from inside it; null when that is no height. A number is
 * all that is ever taken from there, since what stands in the frame comes from strangers.
 */
export function frameHeight(said: unknown): number | null {
  if (typeof said !== 'object' || said === null || !('mailHeight' in said)) return null
  const height = said.mailHeight
  if (typeof height !== 'number' || !Number.isFinite(height) || height < 0) return null
  return Math.min(frameHeightMax, Math.max(frameHeightMin, Math.ceil(height)))
}
