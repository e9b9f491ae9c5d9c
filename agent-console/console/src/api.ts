/** The only place that talks HTTP. Answers JSON, throws `ApiError` for every refusal, also when the network is gone. */

export interface FieldError {
  field: string
  detail: string
}

/** A refusal in the words of the server (RFC 9457). `status` 0 means that no answer came. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly errors: FieldError[] = [],
    readonly problem: Record<string, unknown> = {},
  ) {
    super(message)
    this.name = 'ApiError'
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
interface CallOptions {
  body?: unknown
  key?: string
  signal?: AbortSignal
  keepalive?: boolean
  /** The base of the path; the API by default. */
  base?: string
}

/** A random key. `crypto.randomUUID` exists on secure origins only. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, b => b.toString(16).padStart(2, '0')).join('')
}

let prove: (() => Promise<boolean>) | null = null

/**
 * Registers the password prompt that the server's refusal opens; when it resolves to true, the request is sent again.
 */
export function onPasswordNeeded(ask: () => Promise<boolean>): () => void {
  prove = ask
  return () => {
    if (prove === ask) prove = null
  }
}

export async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<T> {
  try {
    return await send<T>(method, path, options)
  } catch (cause) {
    const asks = cause instanceof ApiError && cause.code === 'password-needed' && prove !== null
    if (!asks || !(await prove?.())) throw cause
    return send<T>(method, path, options)
  }
}

async function send<T>(method: Method, path: string, options: CallOptions): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', 'X-Switchboard': '1' }
  if (options.key !== undefined) headers['Idempotency-Key'] = options.key
  let body: BodyInit | undefined
  if (options.body instanceof FormData) {
    body = options.body
  } else if (options.body !== undefined) {
    headers['Content-Type'] = 'application/json'
    body = JSON.stringify(options.body)
  }
  const response = await fetch(`${options.base ?? '/api/v1'}${path}`, {
    method,
    headers,
    body,
    signal: options.signal,
    credentials: 'same-origin',
    keepalive: options.keepalive ?? false,
  }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiError(0, 'offline', 'offline')
  })
  if (!response.ok) throw await refusal(response)
  if (response.status === 204) return undefined as T
  const text = await response.text()
  return (text === '' ? undefined : JSON.parse(text)) as T
}

async function refusal(response: Response): Promise<ApiError> {
  const problem: Record<string, unknown> = await response.json().catch(() => ({}))
  const word = (name: string) => (typeof problem[name] === 'string' ? (problem[name] as string) : undefined)
  const errors = Array.isArray(problem.errors) ? (problem.errors as FieldError[]) : []
  return new ApiError(
    response.status,
    word('code') ?? String(response.status),
    word('detail') ?? word('title') ?? response.statusText,
    errors,
    problem,
  )
}

/** Builds `?a=b&c=d` from what is set. */
export function query(values: Record<string, string | number | null | undefined>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

/** The demo's phones; not part of the API. */
export const demoPhone = {
  get: <T>(number: string, signal?: AbortSignal) =>
    call<T>('GET', `/phones/${encodeURIComponent(number)}`, { signal, base: '/demo/api' }),
  act: <T>(number: string, act: string, body: unknown = {}) =>
    call<T>('POST', `/phones/${encodeURIComponent(number)}/${act}`, { body, base: '/demo/api' }),
}

export const api = {
  get: <T>(path: string, signal?: AbortSignal) => call<T>('GET', path, { signal }),
  post: <T>(path: string, body: unknown = {}, key?: string) => call<T>('POST', path, { body, key }),
  put: <T>(path: string, body: unknown) => call<T>('PUT', path, { body }),
  patch: <T>(path: string, body: unknown) => call<T>('PATCH', path, { body }),
  delete: <T>(path: string) => call<T>('DELETE', path),
}
