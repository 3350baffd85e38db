import { describe, expect, it } from 'vitest';
import { countSegments } from './segments';

describe('countSegments', () => {
  it.each([
    ['nothing', '', 'GSM-7', 0, 160],
    ['a full GSM-7 text', 'a'.repeat(160), 'GSM-7', 1, 0],
    ['one character more', 'a'.repeat(161), 'GSM-7', 2, 145],
    ['two full GSM-7 parts', 'a'.repeat(306), 'GSM-7', 2, 0],
    ['three GSM-7 parts', 'a'.repeat(307), 'GSM-7', 3, 152],
    ['accents and Greek letters of GSM-7', 'èÆΩñü\n', 'GSM-7', 1, 154],
    ['extension characters, which count twice', '€[]{}', 'GSM-7', 1, 150],
    ['80 extension characters', '^'.repeat(80), 'GSM-7', 1, 0],
    ['a full UCS-2 text', 'ж'.repeat(70), 'UCS-2', 1, 0],
    ['one UCS-2 character more', 'ж'.repeat(71), 'UCS-2', 2, 63],
    ['two full UCS-2 parts', 'ж'.repeat(134), 'UCS-2', 2, 0],
    ['one emoji, which switches the encoding', `${'a'.repeat(69)}🔧`, 'UCS-2', 2, 63],
    ['a typographic apostrophe, which switches too', 'It’s fixed', 'UCS-2', 1, 60],
  ])('counts %s', (_name, body, encoding, segments, remaining) => {
    expect(countSegments(body)).toEqual({ encoding, segments, remaining });
  });

  it('never splits an extension character over two parts', () => {
    expect(countSegments(`${'a'.repeat(152)}€${'a'.repeat(151)}`)).toEqual({
      encoding: 'GSM-7',
      segments: 2,
      remaining: 0,
    });
  });

  it('never splits an emoji over two parts', () => {
    expect(countSegments(`${'ж'.repeat(66)}🔧${'ж'.repeat(65)}`).segments).toBe(2);
    expect(countSegments(`${'ж'.repeat(66)}🔧${'ж'.repeat(66)}`).segments).toBe(3);
  });
});
