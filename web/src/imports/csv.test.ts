import { expect, test } from 'vitest';
import { csvOf } from './csv';

test('a file has its mark, quotes what it must, and runs nothing', async () => {
  const file = csvOf([
    ['Name', 'Note'],
    ['say "hi"', 'a,b'],
    ['two\nlines', '=1+1'],
    ['+1 303', '@x'],
  ]);
  const bytes = new Uint8Array(await file.arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder().decode(bytes)).toBe(
    `Name,Note\r\n"say ""hi""","a,b"\r\n"two\nlines",'=1+1\r\n'+1 303,'@x\r\n`,
  );
});
