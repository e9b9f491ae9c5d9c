import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { ErrorState } from '@/ui/State'

export function Failure({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const again = () => {
    reset()
    void router.invalidate()
  }
  return <ErrorState error={error} retry={again} />
}
