import { createTheme, localStorageColorSchemeManager } from '@mantine/core'

export const schemeManager = localStorageColorSchemeManager({ key: 'switchboard.scheme' })

/** The nonce which the server wrote into the page for the style elements that the component library adds. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
}

/** What opens over the page is part of it, also for who goes from landmark to landmark. A dialog is its own. */
const portalProps = { target: '#page' }

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: 6,
  colors: {
    accent: [
      '#eef3fd',
      '#dce6fa',
      '#b8cdf5',
      '#91b1ee',
      '#6f98e8',
      '#4f80de',
      '#386ad2',
      '#2c58b5',
      '#244a99',
      '#1c3b7d',
    ],
    dark: [
      '#e6e8ec',
      '#b4b9c4',
      '#9298a5',
      '#6b7280',
      '#343945',
      '#2b2f39',
      '#21252d',
      '#16191e',
      '#121418',
      '#0d0f12',
    ],
  },
  fontFamily:
    '"Inter Variable", Inter, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono CJK SC", monospace',
  defaultRadius: 7,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  headings: { fontWeight: '600' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  // By name, not imported, so that defaults don't load components that the first screen doesn't use.
  components: {
    Button: {
      defaultProps: { size: 'xs' },
      styles: { root: { flexShrink: 0 }, label: { fontWeight: 550 } },
    },
    Badge: { defaultProps: { tt: 'none', fw: 550, variant: 'light' } },
    Avatar: { defaultProps: { radius: 'xl' } },
    Tooltip: {
      defaultProps: { openDelay: 400, transitionProps: { duration: 80 }, withArrow: false, portalProps },
    },
    Modal: {
      defaultProps: {
        overlayProps: { backgroundOpacity: 0.3, blur: 0 },
        transitionProps: { duration: 100 },
        radius: 10,
      },
    },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 }, portalProps } },
    Menu: {
      // Without the placeholder the first entry takes the keys, and a menu holds nothing but entries.
      defaultProps: {
        shadow: 'md',
        transitionProps: { duration: 80 },
        withInitialFocusPlaceholder: false,
        portalProps,
      },
    },
  },
})
