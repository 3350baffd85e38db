// Run by test_javascript.py, which starts the stack and names it in the environment.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';

const { createClient } = createRequire(process.env.WEB_PACKAGE)('@supabase/supabase-js');

const URL = process.env.SUPABASE_URL;
const PATIENCE = 10_000;
const OPTIONS = { auth: { persistSession: false, autoRefreshToken: false } };
const PASSWORD = 'a long password for tests';

const connect = (key = process.env.SUPABASE_PUBLISHABLE_KEY) => createClient(URL, key, OPTIONS);
const admin = connect(process.env.SUPABASE_SECRET_KEY);

/** The answer's data; fails when there is an error. */
async function dataOf(request) {
  const { data, error } = await request;
  assert.equal(error, null);
  return data;
}

/** Makes a confirmed person and returns their signed-in client and id. */
async function newPerson(email) {
  await dataOf(admin.auth.admin.createUser({ email, password: PASSWORD, email_confirm: true }));
  const client = connect();
  const { user } = await dataOf(client.auth.signInWithPassword({ email, password: PASSWORD }));
  return { client, id: user.id };
}

/** A promise with its resolver, which rejects when nobody resolves it in time. */
function expected(what) {
  let resolve;
  const promise = new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`${what} did not come`)), PATIENCE);
    resolve = (value) => {
      clearTimeout(timer);
      done(value);
    };
  });
  return { promise, resolve };
}

/** Subscribes and waits for the channel's last word about it. */
function subscribed(channel) {
  const { promise, resolve } = expected(`the answer to joining ${channel.topic}`);
  channel.subscribe((status, error) => resolve({ status, error }));
  return promise;
}

let ann;
let bob;
let ursula;

before(async () => {
  ann = await newPerson('ann@clients.example');
  bob = await newPerson('bob@clients.example');
  ursula = (await dataOf(ann.client.from('js_authors').select('id').eq('name', 'Ursula').single())).id;
});

after(async () => {
  for (const { client, id } of [ann, bob]) {
    await client.removeAllChannels();
    await dataOf(admin.from('js_books').delete().eq('owner_id', id));
    await dataOf(admin.auth.admin.deleteUser(id));
  }
});

describe('auth', () => {
  it('refuses a wrong password with its code', async () => {
    const { data, error } = await connect().auth.signInWithPassword({
      email: 'ann@clients.example',
      password: 'wrong',
    });
    assert.equal(data.session, null);
    assert.deepEqual([error.code, error.status], ['invalid_credentials', 400]);
  });

  it('renews a session, changes the person, and signs out', async () => {
    const client = connect();
    const credentials = { email: 'bob@clients.example', password: PASSWORD };
    const first = (await dataOf(client.auth.signInWithPassword(credentials))).session;
    const second = (await dataOf(client.auth.refreshSession())).session;
    assert.notEqual(second.refresh_token, first.refresh_token);
    const { user } = await dataOf(client.auth.updateUser({ data: { nickname: 'Bobby' } }));
    assert.equal(user.user_metadata.nickname, 'Bobby');
    assert.equal((await dataOf(client.auth.getUser())).user.email, 'bob@clients.example');
    assert.equal((await client.auth.signOut({ scope: 'local' })).error, null);
    assert.equal((await client.auth.refreshSession(second)).error.code, 'refresh_token_not_found');
  });

  it('reads claims, and tells an unconfirmed person apart', async () => {
    const { claims } = await dataOf(ann.client.auth.getClaims());
    assert.deepEqual([claims.sub, claims.role], [ann.id, 'authenticated']);
    assert.equal((await connect().auth.getUser()).error.name, 'AuthSessionMissingError');
  });
});

describe('rows', () => {
  it('inserts, upserts, updates and deletes', async () => {
    const books = () => ann.client.from('js_books');
    const made = await dataOf(
      books()
        .insert(
          [
            { author_id: ursula, title: 'Left Hand', pages: 304, tags: ['ice'] },
            { author_id: ursula, title: 'Lathe', pages: 184 },
          ],
          { defaultToNull: false },
        )
        .select('id, owner_id, title'),
    );
    assert.deepEqual(
      made.map(({ owner_id, title }) => [owner_id, title]),
      [
        [ann.id, 'Left Hand'],
        [ann.id, 'Lathe'],
      ],
    );
    const again = { id: made[1].id, author_id: ursula, title: 'Twice' };
    assert.deepEqual(await dataOf(books().upsert(again, { ignoreDuplicates: true }).select()), []);
    assert.equal((await dataOf(books().upsert(again).select('title').single())).title, 'Twice');
    const changed = await dataOf(books().update({ pages: 200 }).eq('id', made[1].id).select('pages'));
    assert.deepEqual(changed, [{ pages: 200 }]);
    assert.equal((await books().delete().eq('id', made[1].id)).status, 204);
    assert.equal((await books().insert({ author_id: ursula, title: 'Always', pages: 450 })).status, 201);
  });

  it('selects with an embed, filters, an order, a range and a count', async () => {
    const { data, count, error } = await ann.client
      .from('js_books')
      .select('title, author:js_authors!inner(name)', { count: 'exact' })
      .eq('author.name', 'Ursula')
      .or('pages.gt.400,tags.cs.{ice}')
      .order('pages', { ascending: false })
      .range(0, 0);
    assert.equal(error, null);
    assert.equal(count, 2);
    assert.deepEqual(data, [{ title: 'Always', author: { name: 'Ursula' } }]);
    const head = await ann.client.from('js_books').select('*', { count: 'exact', head: true }).ilike('title', 'l%');
    assert.deepEqual([head.count, head.data], [1, null]);
  });

  it('finds one, or none, and objects to more', async () => {
    const titles = ann.client.from('js_books').select('title');
    assert.equal((await dataOf(titles.eq('title', 'Always').single())).title, 'Always');
    const books = () => ann.client.from('js_books').select('title');
    assert.equal(await dataOf(books().eq('title', 'Never').maybeSingle()), null);
    const { error, status } = await books().single();
    assert.deepEqual([error.code, status], ['PGRST116', 406]);
  });

  it('calls functions, and reads their refusals', async () => {
    const longest = await dataOf(ann.client.rpc('js_longest', { minimum: 300 }).select('title'));
    assert.deepEqual(longest, [{ title: 'Always' }, { title: 'Left Hand' }]);
    const { error, status } = await ann.client.rpc('js_refuse');
    assert.equal(status, 409);
    assert.deepEqual(
      { ...error },
      { code: 'PT409', details: 'opted_out', hint: 'Call instead.', message: 'They opted out.' },
    );
  });

  it('keeps policies, and names what is wrong', async () => {
    assert.deepEqual(await dataOf(bob.client.from('js_books').select()), []);
    const stolen = { author_id: ursula, title: 'Stolen', owner_id: ann.id };
    const codeOf = async (request) => (await request).error.code;
    assert.equal(await codeOf(bob.client.from('js_books').insert(stolen)), '42501');
    assert.equal(await codeOf(connect().from('js_books').select()), '42501');
    assert.equal(await codeOf(ann.client.from('js_books').insert({ author_id: -1, title: 'x' })), '23503');
    assert.equal(await codeOf(ann.client.from('js_nothing').select()), 'PGRST205');
    assert.equal(await codeOf(ann.client.from('js_books').select('colour')), '42703');
    assert.equal(await codeOf(ann.client.rpc('js_nothing')), 'PGRST202');
  });
});

describe('realtime', () => {
  it('tells of changes that the policies and the filter let through', async () => {
    const { promise, resolve } = expected('the change');
    const ready = expected('the subscription');
    const foreign = [];
    const listen = (client, event, heard) =>
      client
        .channel(`books-${event}`)
        .on('postgres_changes', { event, schema: 'public', table: 'js_books', filter: 'title=eq.Wanted' }, heard)
        .on('system', {}, (message) => message.status === 'ok' && ready.resolve());
    assert.equal((await subscribed(listen(bob.client, '*', (change) => foreign.push(change)))).status, 'SUBSCRIBED');
    assert.equal((await subscribed(listen(ann.client, 'INSERT', resolve))).status, 'SUBSCRIBED');
    await ready.promise;
    await dataOf(ann.client.from('js_books').insert({ author_id: ursula, title: 'Unwanted' }).select());
    await dataOf(ann.client.from('js_books').insert({ author_id: ursula, title: 'Wanted', pages: 7 }).select());
    const change = await promise;
    assert.deepEqual([change.eventType, change.table, change.errors], ['INSERT', 'js_books', null]);
    assert.deepEqual([change.new.title, change.new.pages, change.new.owner_id], ['Wanted', 7, ann.id]);
    assert.deepEqual(foreign, []);
  });

  it('hears private broadcasts, also with the token of a renewed session', async () => {
    const heard = [];
    let next = expected('the first broadcast');
    const topic = `js:${ann.id}`;
    const channel = ann.client.channel(topic, { config: { private: true } }).on('broadcast', { event: 'said' }, (said) => {
      heard.push(said.payload.words);
      next.resolve();
    });
    await ann.client.realtime.setAuth();
    assert.equal((await subscribed(channel)).status, 'SUBSCRIBED');
    await dataOf(admin.rpc('js_tell', { topic, words: 'one' }));
    await next.promise;
    next = expected('the second broadcast');
    await dataOf(ann.client.auth.refreshSession());
    await ann.client.realtime.setAuth();
    await dataOf(admin.rpc('js_tell', { topic, words: 'two' }));
    await next.promise;
    assert.deepEqual(heard, ['one', 'two']);
  });

  it("refuses another person's topic with the reason", async () => {
    const channel = bob.client.channel(`js:${ann.id}`, { config: { private: true } });
    const { status, error } = await subscribed(channel);
    assert.equal(status, 'CHANNEL_ERROR');
    assert.match(error.message, /You do not have permissions to read from this Channel topic/);
    await bob.client.removeChannel(channel);
  });
});
