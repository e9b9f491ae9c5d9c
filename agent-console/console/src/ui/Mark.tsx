/** The product's mark: two lines that cross a board. */
export function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#386ad2" />
      <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round">
        <path d="M8 11h6c4 0 4 10 8 10h2" />
        <path d="M8 21h6c1.600 0 2.600-1.500 3.300-3.200M19.500 13c.7-1.200 1.400-2 2.500-2h2" />
      </g>
    </svg>
  )
}
