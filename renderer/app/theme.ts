import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import { t } from '../i18n/i18n.ts';

/** Deep iris: calm on white, still clear on near-black; shade 6 carries white text at 5:1. */
const iris: MantineColorsTuple = [
  '#f0f2ff',
  '#e0e4fc',
  '#c2c9f7',
  '#a0abf1',
  '#808eea',
  '#6474e2',
  '#4d5bd6',
  '#3f4bb8',
  '#343e98',
  '#2a3279',
];

const gray: MantineColorsTuple = [
  '#f8f9fb',
  '#f1f3f6',
  '#e6e9ee',
  '#d9dde4',
  '#c5cbd5',
  '#9aa2b1',
  '#737c8d',
  '#545c6b',
  '#3a414e',
  '#232833',
];

const dark: MantineColorsTuple = [
  '#dfe2e8',
  '#bcc1cc',
  '#969daa',
  '#6b7280',
  '#3a3f4a',
  '#2e323b',
  '#22252d',
  '#17191f',
  '#121419',
  '#0d0f13',
];

/* Mantine's signal colours, quietened: their light tints lie under a lot of text here. */
const teal: MantineColorsTuple = [
  '#eefaf5',
  '#dcf3e9',
  '#b5e5d1',
  '#86d4b4',
  '#56c096',
  '#2fab7e',
  '#15906a',
  '#0f7656',
  '#0c6046',
  '#0a4d39',
];

const orange: MantineColorsTuple = [
  '#fff8ee',
  '#fff0db',
  '#fde0b6',
  '#fac988',
  '#f7b158',
  '#f29a35',
  '#e0811a',
  '#bd660c',
  '#9a5209',
  '#7d420b',
];

const red: MantineColorsTuple = [
  '#fff2f2',
  '#fde5e5',
  '#f9c6c6',
  '#f39f9f',
  '#ee7d7d',
  '#e55757',
  '#d33939',
  '#b52a2a',
  '#962323',
  '#7c1f1f',
];

const cyan: MantineColorsTuple = [
  '#eef8fb',
  '#dcf0f6',
  '#b7e1ec',
  '#88cee0',
  '#58b7d1',
  '#31a0bf',
  '#1a86a6',
  '#126c88',
  '#10586e',
  '#0e485a',
];

/** The look of everything; made once there are words, as some of its parts are named. */
export const makeTheme = () =>
  createTheme({
    primaryColor: 'iris',
    primaryShade: { light: 6, dark: 6 },
    colors: { iris, gray, dark, teal, orange, red, cyan },
    black: '#1c212b',
    fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif',
    fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
    headings: {
      fontWeight: '650',
      sizes: {
        h1: { fontSize: '1.5rem', lineHeight: '1.3' },
        h2: { fontSize: '1.125rem', lineHeight: '1.4' },
        h3: { fontSize: '0.975rem', lineHeight: '1.45' },
      },
    },
    defaultRadius: 'md',
    radius: { xs: '4px', sm: '6px', md: '9px', lg: '13px', xl: '20px' },
    shadows: {
      xs: '0 1px 2px rgba(20, 24, 38, 0.05)',
      sm: '0 1px 2px rgba(20, 24, 38, 0.05), 0 2px 8px rgba(20, 24, 38, 0.05)',
      md: '0 2px 4px rgba(20, 24, 38, 0.05), 0 8px 24px rgba(20, 24, 38, 0.09)',
      lg: '0 4px 8px rgba(20, 24, 38, 0.06), 0 16px 40px rgba(20, 24, 38, 0.12)',
    },
    cursorType: 'pointer',
    focusRing: 'auto',
    respectReducedMotion: true,
    components: {
      Paper: { defaultProps: { radius: 'lg' } },
      Modal: {
        defaultProps: {
          centered: true,
          radius: 'lg',
          padding: 'lg',
          overlayProps: { backgroundOpacity: 0.35, blur: 2 },
        },
        styles: { title: { fontWeight: 650, fontSize: '1.05rem' } },
      },
      // A dialog's head is no banner of the page, and its cross needs a name.
      ModalHeader: { defaultProps: { role: 'none' } },
      DrawerHeader: { defaultProps: { role: 'none' } },
      ModalCloseButton: { defaultProps: { 'aria-label': t('common:action.close') } },
      DrawerCloseButton: { defaultProps: { 'aria-label': t('common:action.close') } },
      Notification: { defaultProps: { closeButtonProps: { 'aria-label': t('common:action.dismiss') } } },
      Popover: { defaultProps: { radius: 'lg', shadow: 'md' } },
      Menu: { defaultProps: { radius: 'md', shadow: 'md' } },
      Tooltip: {
        defaultProps: {
          openDelay: 250,
          radius: 'sm',
          multiline: true,
          maw: 320,
          events: { hover: true, focus: true, touch: true },
        },
      },
      Badge: {
        defaultProps: { radius: 'sm', variant: 'light' },
        styles: { label: { textTransform: 'none', fontWeight: 600 } },
      },
      SegmentedControl: { defaultProps: { withItemsBorders: false } },
      Tabs: { styles: { tab: { paddingInline: 'var(--tab-space, 0.8rem)' } } },
      Textarea: { defaultProps: { autosize: true } },
      Select: { defaultProps: { checkIconPosition: 'right', allowDeselect: false } },
    },
  });

/** In the dark, tints are a breath of the colour over whatever lies below, and the words on them are its light shade. */
const darkTints = Object.fromEntries(
  ['iris', 'gray', 'teal', 'orange', 'red', 'cyan', 'blue', 'grape', 'pink'].flatMap((color) => [
    [`--mantine-color-${color}-light`, `color-mix(in srgb, var(--mantine-color-${color}-5) 18%, transparent)`],
    [`--mantine-color-${color}-light-hover`, `color-mix(in srgb, var(--mantine-color-${color}-5) 26%, transparent)`],
    [`--mantine-color-${color}-light-color`, `var(--mantine-color-${color}-3)`],
  ]),
);

/** Surfaces and lines of both schemes: pages are slightly darker than what lies on them, lines barely visible. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--page': '#f6f7f9',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-orange-text': '#9a5209',
    '--mantine-color-teal-text': '#0f7656',
    '--mantine-color-dimmed': '#5d6675',
    '--mantine-color-placeholder': '#687181',
    '--mantine-color-default-border': '#d9dde4',
    '--surface': '#ffffff',
    '--surface-sunken': '#f1f3f6',
    '--line': '#e5e8ed',
  },
  dark: {
    ...darkTints,
    '--page': '#121418',
    '--mantine-color-body': '#1b1e24',
    '--mantine-color-default': '#21252c',
    '--mantine-color-default-hover': '#282c35',
    '--mantine-color-dimmed': '#9da4b1',
    '--mantine-color-placeholder': '#9299a6',
    '--mantine-color-default-border': '#363b45',
    '--surface': '#1b1e24',
    '--surface-sunken': '#15171c',
    '--line': '#2a2e37',
  },
});
