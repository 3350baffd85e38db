// Run by test_javascript.py, which starts the stack, signs a person in and names them in the environment.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';

const { createClient } = createRequire(process.env.WEB_PACKAGE)('@supabase/supabase-js');

const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, SUPABASE_SECRET_KEY, PERSON_TOKEN, TENANT } = process.env;
const OPTIONS = { auth: { persistSession: false, autoRefreshToken: false } };

const connect = (key, token) =>
  createClient(SUPABASE_URL, key, { ...OPTIONS, ...(token && { accessToken: async () => token }) });
const ann = connect(SUPABASE_PUBLISHABLE_KEY, PERSON_TOKEN).storage;
const visitor = connect(SUPABASE_PUBLISHABLE_KEY).storage;
const service = connect(SUPABASE_SECRET_KEY).storage;

/** The answer's data; fails when there is an error. */
async function dataOf(request) {
  const { data, error } = await request;
  assert.equal(error, null);
  return data;
}

/** The error of an answer; fails when there is none. */
async function errorOf(request) {
  const { data, error } = await request;
  assert.equal(data, null);
  return error;
}

const path = (name) => `${TENANT}/${name}`;

describe('objects', () => {
  const files = ann.from('desk-cabinet');

  it('uploads text, bytes and blobs, with their type and metadata', async () => {
    const uploaded = await dataOf(
      files.upload(path('text.txt'), 'text', { contentType: 'text/plain', metadata: { a: 1 } }),
    );
    assert.equal(uploaded.fullPath, `desk-cabinet/${path('text.txt')}`);
    await dataOf(
      files.upload(path('bytes.bin'), new Uint8Array([0, 255]), { contentType: 'application/x-bytes' }),
    );
    await dataOf(
      files.upload(path('blob.png'), new Blob(['blob'], { type: 'image/png' }), { cacheControl: '9' }),
    );
    const info = await dataOf(files.info(path('text.txt')));
    assert.deepEqual([info.contentType, info.metadata, info.size], ['text/plain', { a: 1 }, 4]);
    const blob = await dataOf(files.info(path('blob.png')));
    assert.deepEqual([blob.contentType, blob.cacheControl], ['image/png', 'max-age=9']);
    assert.equal(await (await dataOf(files.download(path('text.txt')))).text(), 'text');
    assert.equal((await dataOf(files.download(path('bytes.bin')))).size, 2);
  });

  it('says in the official words what is taken, missing or forbidden', async () => {
    const taken = await errorOf(files.upload(path('text.txt'), 'again'));
    assert.deepEqual(
      [taken.status, taken.statusCode, taken.message],
      [400, '409', 'The resource already exists'],
    );
    const forbidden = await errorOf(visitor.from('desk-cabinet').upload(path('theirs.txt'), 'x'));
    assert.deepEqual(
      [forbidden.statusCode, forbidden.message],
      ['403', 'new row violates row-level security policy'],
    );
    assert.equal((await files.exists(path('nothing'))).data, false);
    assert.equal((await files.exists(path('text.txt'))).data, true);
  });

  it('replaces, copies, moves, lists and removes', async () => {
    await dataOf(files.upload(path('text.txt'), 'new', { upsert: true }));
    await dataOf(files.update(path('text.txt'), 'newer'));
    await dataOf(files.copy(path('text.txt'), path('copy.txt'), { destinationBucket: 'desk-archive' }));
    await dataOf(files.move(path('text.txt'), path('moved/text.txt')));
    const names = (await dataOf(files.list(TENANT, { search: 'm' }))).map(({ name }) => name);
    assert.deepEqual(names, ['moved']);
    const page = await dataOf(files.listV2({ prefix: path(''), with_delimiter: true, limit: 1 }));
    assert.deepEqual([page.hasNext, page.objects[0].name], [true, path('blob.png')]);
    const removed = await dataOf(files.remove([path('moved/text.txt'), path('bytes.bin')]));
    assert.equal(removed.length, 2);
  });

  it('signs URLs for downloads and uploads', async () => {
    const { signedUrl } = await dataOf(files.createSignedUrl(path('blob.png'), 60, { download: 'a b.png' }));
    const answer = await fetch(signedUrl);
    assert.equal(await answer.text(), 'blob');
    assert.match(answer.headers.get('content-disposition'), /filename=a%20b\.png/u);
    const [first, second] = await dataOf(files.createSignedUrls([path('blob.png'), path('nothing')], 60));
    assert.equal(await (await fetch(first.signedUrl)).text(), 'blob');
    assert.deepEqual([second.signedUrl, typeof second.error], [null, 'string']);
    const upload = await dataOf(files.createSignedUploadUrl(path('signed.txt')));
    await dataOf(visitor.from('desk-cabinet').uploadToSignedUrl(upload.path, upload.token, 'signed'));
    assert.equal(await (await dataOf(files.download(path('signed.txt')))).text(), 'signed');
  });

  it('serves public URLs', async () => {
    const window = ann.from('desk-window');
    await dataOf(window.upload(path('my file.txt'), 'shown'));
    const { publicUrl } = window.getPublicUrl(path('my file.txt')).data;
    assert.equal(await (await fetch(publicUrl)).text(), 'shown');
  });
});

describe('buckets', () => {
  it('are made, changed, emptied and deleted by the service', async () => {
    await dataOf(
      service.createBucket('desk-js', { public: false, fileSizeLimit: '1MB', allowedMimeTypes: ['text/*'] }),
    );
    await dataOf(service.updateBucket('desk-js', { public: true }));
    const bucket = await dataOf(service.getBucket('desk-js'));
    assert.deepEqual(
      [bucket.public, bucket.file_size_limit, bucket.allowed_mime_types],
      [true, 1_000_000, ['text/*']],
    );
    assert.equal(
      (await errorOf(service.from('desk-js').upload('a.png', 'x', { contentType: 'image/png' }))).statusCode,
      '415',
    );
    await dataOf(service.from('desk-js').upload('a.txt', 'x', { contentType: 'text/plain' }));
    assert.equal(
      (await errorOf(service.deleteBucket('desk-js'))).message,
      'The bucket you tried to delete is not empty',
    );
    await dataOf(service.emptyBucket('desk-js'));
    await dataOf(service.deleteBucket('desk-js'));
    assert.equal((await errorOf(service.getBucket('desk-js'))).message, 'Bucket not found');
    assert.ok((await dataOf(service.listBuckets({ search: 'desk-', limit: 1 }))).length === 1);
  });
});
