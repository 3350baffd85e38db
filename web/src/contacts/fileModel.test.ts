import { describe, expect, it } from 'vitest';
import { fileProblem, mimeTypeOf, MOST_BYTES, sizeWords } from './fileModel';

const file = (name: string, type: string, size = 10) => ({ name, type, size });

describe('fileProblem', () => {
  it.each([
    [file('boiler.jpg', 'image/jpeg'), null],
    [file('call.m4a', 'audio/x-m4a'), null],
    [file('plan.docx', ''), null],
    [file('empty.pdf', 'application/pdf', 0), '“empty.pdf” is empty.'],
    [file('film.mp4', 'video/mp4', MOST_BYTES * 2), '“film.mp4” has 50 MB. A file can have up to 25 MB.'],
  ])('says of %j: %j', (candidate, words) => {
    expect(fileProblem(candidate)).toBe(words);
  });

  it('names what can be attached instead of what a browser would run', () => {
    expect(fileProblem(file('page.html', 'text/html'))).toContain('“page.html” can’t be attached.');
    expect(fileProblem(file('logo.svg', 'image/svg+xml'))).toContain('Pictures, PDFs');
  });
});

describe('mimeTypeOf', () => {
  it('goes by the name where the browser does not know', () => {
    expect(mimeTypeOf(file('list.CSV', ''))).toBe('text/csv');
    expect(mimeTypeOf(file('notes.txt', 'text/plain; charset=utf-8'))).toBe('text/plain');
    expect(mimeTypeOf(file('noextension', ''))).toBeNull();
  });
});

describe('sizeWords', () => {
  it('has the unit that people know', () => {
    expect([512, 2_048, 1_572_864].map(sizeWords)).toEqual(['512 bytes', '2 KB', '1.5 MB']);
  });
});
