import { describe, expect, it } from 'vitest';
import { TAG_COLORS } from '@/components/TagChip';
import css from './styles.css?raw';

type Channels = [number, number, number];

/** OKLCH to linear sRGB, each channel clipped to 0..1 (Björn Ottosson's matrices). */
function linearRgb(lightness: number, chroma: number, hue: number): Channels {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function contrast(one: Channels, other: Channels): number {
  const luminance = ([r, g, b]: Channels) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const [dark, light] = [luminance(one), luminance(other)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function readTokens(css: string, selector: string): Map<string, Channels> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  const tokens = new Map<string, Channels>();
  for (const [, name, l, c, h] of block.matchAll(/--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)) {
    tokens.set(name ?? '', linearRgb(Number(l), Number(c), Number(h)));
  }
  return tokens;
}

const TEXT = 4.5;
const GRAPHIC = 3;

const PAIRS: [foreground: string, background: string, atLeast: number][] = [
  ...['background', 'card', 'muted', 'accent'].map((on): [string, string, number] => [
    'foreground',
    on,
    TEXT,
  ]),
  ...['background', 'card', 'muted'].map((on): [string, string, number] => ['muted-foreground', on, TEXT]),
  ...['success', 'warning', 'destructive', 'primary'].flatMap((name): [string, string, number][] => [
    [name, 'background', TEXT],
    [name, 'card', TEXT],
  ]),
  ...['success', 'warning', 'destructive'].map((name): [string, string, number] => [
    name,
    `${name}-soft`,
    TEXT,
  ]),
  ...['success-soft', 'warning-soft', 'destructive-soft'].map((on): [string, string, number] => [
    'foreground',
    on,
    TEXT,
  ]),
  ...TAG_COLORS.map((name): [string, string, number] => [`tag-${name}`, `tag-${name}-soft`, TEXT]),
  ['primary-foreground', 'primary', TEXT],
  ['primary-foreground', 'primary-hover', TEXT],
  ['accent-foreground', 'accent', TEXT],
  ['muted-foreground', 'accent', TEXT],
  ['bubble-foreground', 'bubble', TEXT],
  ['destructive-foreground', 'destructive', TEXT],
  ...['background', 'card'].flatMap((on): [string, string, number][] => [
    ['input', on, GRAPHIC],
    ['ring', on, GRAPHIC],
  ]),
  ['ring', 'muted', GRAPHIC],
];

describe.each([
  ['light', ':root'],
  ['dark', "[data-theme='dark']"],
])('the %s theme', (_theme, selector) => {
  const tokens = readTokens(css, selector);

  it.each(PAIRS)('shows %s on %s with a contrast of at least %s', (foreground, background, atLeast) => {
    const front = tokens.get(foreground);
    const back = tokens.get(background);
    if (!front || !back) throw new Error(`no token ${foreground} or ${background}`);
    expect(contrast(front, back)).toBeGreaterThanOrEqual(atLeast);
  });
});
