import { describe, expect, it } from 'vitest';
import { requestIdOf, withRequestId } from './requestId';

async function errorOf(body: string): Promise<{ status: number; text: string }> {
  const marked = await withRequestId(new Response(body, { status: 409 }), 'id-1');
  return { status: marked.status, text: await marked.text() };
}

describe('withRequestId', () => {
  it('puts the id beside what the database said', async () => {
    const { status, text } = await errorOf('{"code":"PT409","message":"Too late."}');
    expect(status).toBe(409);
    const error = JSON.parse(text) as object;
    expect(error).toMatchObject({ code: 'PT409', message: 'Too late.' });
    expect(requestIdOf(error)).toBe('id-1');
  });

  it.each(['<html>502</html>', '', '[]'])("leaves a proxy's answer as it is: %s", async (body) => {
    expect((await errorOf(body)).text).toBe(body);
  });
});

describe('requestIdOf', () => {
  it('knows none of an error that never had one', () => {
    expect(requestIdOf({ message: 'TypeError: Failed to fetch' })).toBeNull();
  });
});
