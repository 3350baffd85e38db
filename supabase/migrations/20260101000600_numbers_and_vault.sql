-- Why: each company texts from its own numbers through its own Twilio account. The account's secrets are pgcrypto ciphertext;
-- the keys come with each call from the service's environment, so that a copy of the database opens nothing.

-- Tables

create table public.phone_numbers (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null default private.tenant_id() references public.tenants (id),
  e164 public.e164 not null,
  label text check (length(label) between 1 and 60),
  provider_answers_keywords boolean not null default true,
  sending_segments_per_second numeric(6, 2) not null default 1 check (sending_segments_per_second between 0.01 and 1000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid default auth.uid() references public.user_profiles (id),
  unique (tenant_id, id),
  unique (tenant_id, e164)
);
comment on table public.phone_numbers is 'The company''s own numbers.';
comment on column public.phone_numbers.provider_answers_keywords is
  'Twilio answers STOP, START and HELP itself (its default); then we must not answer a second time.';
comment on column public.phone_numbers.sending_segments_per_second is
  'How fast the carrier takes texts: 1 segment a second on a US long code, 100 and more on a short code.';

create table public.twilio_settings (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null unique references public.tenants (id),
  account_sid_encrypted bytea not null,
  auth_token_encrypted bytea not null,
  next_auth_token_encrypted bytea,
  encryption_key_id text not null,
  account_sid_last4 text not null,
  auth_token_last4 text not null,
  verified_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid references public.user_profiles (id)
);
comment on table public.twilio_settings is 'Twilio credentials, encrypted; reached through schema backend only, by no browser.';

-- Triggers

create trigger touch before update on public.phone_numbers for each row execute function private.touch_tenant_row();
create trigger touch before update on public.twilio_settings for each row execute function private.touch_tenant_row();
create trigger announce after insert or update on public.phone_numbers
for each row execute function private.announce_to_settings();
create trigger announce after insert or update on public.twilio_settings
for each row execute function private.announce_to_settings();

-- Vault. What is encrypted names its company, row and field, and is compared on the way out: ciphertext that was copied to
-- another row or column does not open. Keys are 32 random bytes, so stretching them (s2k-mode 3) would only cost time.

create function private.seal(p_tenant uuid, p_row uuid, p_field text, p_value text, p_key text) returns bytea
language sql volatile set search_path = '' as $$
  select extensions.pgp_sym_encrypt(
    jsonb_build_object('tenant', p_tenant, 'row', p_row, 'field', p_field, 'value', p_value)::text,
    p_key,
    'cipher-algo=aes256, s2k-mode=1, compress-algo=0'
  );
$$;

create function private.unseal(p_sealed bytea, p_tenant uuid, p_row uuid, p_field text, p_key text) returns text
language plpgsql stable set search_path = '' as $$
declare
  opened jsonb;
begin
  if p_sealed is null then
    return null;
  end if;
  if p_key is null then
    raise sqlstate 'PT500' using message = 'A stored secret was encrypted with a key that is not in the keyring.',
      detail = 'vault_key_missing';
  end if;
  opened := extensions.pgp_sym_decrypt(p_sealed, p_key)::jsonb;
  if opened ->> 'tenant' is distinct from p_tenant::text
    or opened ->> 'row' is distinct from p_row::text
    or opened ->> 'field' is distinct from p_field
  then
    raise sqlstate 'PT500' using message = 'A stored secret is not where it was put.', detail = 'vault_mismatch';
  end if;
  return opened ->> 'value';
end
$$;

create function private.open_twilio_settings(p_tenant uuid, p_keyring jsonb)
returns table (account_sid text, auth_token text, is_next boolean)
language plpgsql stable set search_path = '' as $$
-- The company's account with its current token, and a second row with the next token while tokens are being rotated.
declare
  settings public.twilio_settings;
  key text;
  token text;
begin
  select * into settings from public.twilio_settings where tenant_id = p_tenant;
  if not found then
    return;
  end if;
  key := p_keyring ->> settings.encryption_key_id;
  account_sid := private.unseal(settings.account_sid_encrypted, p_tenant, settings.id, 'account_sid', key);
  is_next := false;
  auth_token := private.unseal(settings.auth_token_encrypted, p_tenant, settings.id, 'auth_token', key);
  return next;
  token := private.unseal(settings.next_auth_token_encrypted, p_tenant, settings.id, 'next_auth_token', key);
  if token is not null then
    is_next := true;
    auth_token := token;
    return next;
  end if;
end
$$;

create function private.require_member(p_tenant uuid, p_user uuid, p_permission text) returns void
language plpgsql set search_path = '' as $$
-- The named person is who acts for the rest of the transaction: the audit log says so.
begin
  perform pg_catalog.set_config('fieldlite.actor', p_user::text, true);
  if not private.member_may(p_tenant, p_user, p_permission) then
    raise sqlstate 'PT403' using message = 'Your role in this company does not allow that.', detail = 'not_allowed';
  end if;
end
$$;

create function private.twilio_summary(p_tenant uuid) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'configured', true,
    'account_sid_last4', account_sid_last4,
    'auth_token_last4', auth_token_last4,
    'has_next_auth_token', next_auth_token_encrypted is not null,
    'verified_at', verified_at,
    'encryption_key_id', encryption_key_id
  )
  from public.twilio_settings
  where tenant_id = p_tenant;
$$;

-- What the service calls

create function backend.twilio_settings_summary(p_tenant uuid, p_user uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_member(p_tenant, p_user, 'settings.read');
  return private.twilio_summary(p_tenant);
end
$$;

create function backend.save_twilio_settings(
  p_tenant uuid, p_user uuid, p_account_sid text, p_auth_token text, p_next_auth_token text, p_key_id text, p_key text
) returns jsonb
language plpgsql security definer set search_path = '' as $$
-- Idempotent: the same credentials again only renew verified_at. The row keeps its id, which is part of what is encrypted.
declare
  row_id uuid := coalesce((select id from public.twilio_settings where tenant_id = p_tenant), gen_random_uuid());
begin
  perform private.require_member(p_tenant, p_user, 'settings.write');
  perform from public.tenants where id = p_tenant for no key update;
  row_id := coalesce((select id from public.twilio_settings where tenant_id = p_tenant), row_id);
  insert into public.twilio_settings as settings (
    id, tenant_id, account_sid_encrypted, auth_token_encrypted, next_auth_token_encrypted, encryption_key_id,
    account_sid_last4, auth_token_last4, verified_at, created_by
  )
  values (
    row_id, p_tenant,
    private.seal(p_tenant, row_id, 'account_sid', p_account_sid, p_key),
    private.seal(p_tenant, row_id, 'auth_token', p_auth_token, p_key),
    case when p_next_auth_token is not null then private.seal(p_tenant, row_id, 'next_auth_token', p_next_auth_token, p_key) end,
    p_key_id, right(p_account_sid, 4), right(p_auth_token, 4), now(), p_user
  )
  on conflict (tenant_id) do update
  set account_sid_encrypted = excluded.account_sid_encrypted,
      auth_token_encrypted = excluded.auth_token_encrypted,
      next_auth_token_encrypted = excluded.next_auth_token_encrypted,
      encryption_key_id = excluded.encryption_key_id,
      account_sid_last4 = excluded.account_sid_last4,
      auth_token_last4 = excluded.auth_token_last4,
      verified_at = excluded.verified_at;
  return private.twilio_summary(p_tenant);
end
$$;

create function backend.delete_twilio_settings(p_tenant uuid, p_user uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  gone public.twilio_settings;
begin
  perform private.require_member(p_tenant, p_user, 'settings.write');
  delete from public.twilio_settings where tenant_id = p_tenant returning * into gone;
  if found then
    perform private.announce(p_tenant, 'settings', 'twilio_settings', gone.id, 'delete', gone.version + 1);
  end if;
end
$$;

create function backend.twilio_credentials(p_tenant uuid, p_user uuid, p_keyring jsonb)
returns table (account_sid text, auth_token text)
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_member(p_tenant, p_user, 'settings.write');
  return query
  select opened.account_sid, opened.auth_token
  from private.open_twilio_settings(p_tenant, p_keyring) as opened
  where not opened.is_next;
end
$$;

create function backend.twilio_auth_tokens(p_tenant uuid, p_keyring jsonb)
returns table (account_sid text, auth_token text)
language sql stable security definer set search_path = '' as $$
-- Every token that may have signed a webhook of this company; none for an unknown company.
  select opened.account_sid, opened.auth_token
  from private.open_twilio_settings(p_tenant, p_keyring) as opened;
$$;

create function backend.twilio_sender(p_tenant uuid, p_keyring jsonb)
returns table (account_sid text, auth_token text)
language sql stable security definer set search_path = '' as $$
-- What the worker sends this company's texts with.
  select opened.account_sid, opened.auth_token
  from private.open_twilio_settings(p_tenant, p_keyring) as opened
  where not opened.is_next;
$$;

-- Row-level security. twilio_settings has no policy: no browser reaches it.

alter table public.phone_numbers enable row level security;
alter table public.twilio_settings enable row level security;

create policy "The company's numbers are seen by the office and the bookkeeper" on public.phone_numbers
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('conversations.read')));

create policy "The company's numbers are added by owners and managers" on public.phone_numbers
for insert to authenticated
with check (tenant_id = (select private.tenant_id()) and (select private.may('settings.write')));

create policy "The company's numbers are changed by owners and managers" on public.phone_numbers
for update to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('settings.write')))
with check (tenant_id = (select private.tenant_id()) and (select private.may('settings.write')));

-- Grants

grant select on public.phone_numbers to authenticated;
grant insert (id, e164, label, provider_answers_keywords, sending_segments_per_second),
  update (label, provider_answers_keywords, sending_segments_per_second)
on public.phone_numbers to authenticated;
grant execute on function
  backend.twilio_settings_summary(uuid, uuid),
  backend.save_twilio_settings(uuid, uuid, text, text, text, text, text),
  backend.delete_twilio_settings(uuid, uuid),
  backend.twilio_credentials(uuid, uuid, jsonb)
to fieldlite_portal;
grant execute on function backend.twilio_auth_tokens(uuid, jsonb) to fieldlite_webhook;
grant execute on function backend.twilio_sender(uuid, jsonb) to fieldlite_worker;
