import { describe, expect, it } from 'vitest';
import { csvOf } from './csv';

describe('csvOf', () => {
  it('quotes what needs it', () => {
    expect(csvOf([['plain', 'a, b', 'say "hi"', 'two\nlines']])).toBe(
      '\uFEFFplain,"a, b","say ""hi""","two\nlines"\r\n',
    );
  });

  it('lets no cell be a formula', () => {
    expect(csvOf([['=1+1', '+1', '-1', '@x', '\tx', '1=1']])).toBe("\uFEFF'=1+1,'+1,'-1,'@x,'\tx,1=1\r\n");
  });
});
