import { describe, expect, it } from 'vitest';
import { deviceName, isHandheld } from './deviceModel';

describe('deviceName', () => {
  it.each([
    ['FieldLite (Chrome on Windows)', 'Chrome on Windows'],
    ['FieldLite', 'Another program'],
    ['curl/8.14', 'Another program'],
    ['', 'Another program'],
  ])('%s is %s', (userAgent, name) => {
    expect(deviceName(userAgent)).toBe(name);
  });
});

describe('isHandheld', () => {
  it('tells a phone from a desk', () => {
    expect(isHandheld('FieldLite (Firefox on Android)')).toBe(true);
    expect(isHandheld('FieldLite (Safari on Mac)')).toBe(false);
  });
});
