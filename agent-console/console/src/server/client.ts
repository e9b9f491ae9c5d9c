import { QueryClient } from '@tanstack/react-query'
import { ApiError } from '@/api'

/** The stream keeps the cache fresh; a refused request is not repeated, a lost one is. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        gcTime: 10 * 60_000,
        refetchOnWindowFocus: false,
        retry: (count, error) =>
          count < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
      },
    },
  })
}
