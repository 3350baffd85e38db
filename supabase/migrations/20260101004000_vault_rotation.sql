-- Why: keys of the vault are replaced while texts go in and out. A row is re-encrypted in one update, so a reader sees either
-- the old ciphertext with the old key's name or the new one with the new name, and opens both while both keys are in its keyring.

-- Functions

create function private.resealed(
  p_settings public.twilio_settings, p_sealed bytea, p_field text, p_keyring jsonb, p_key text
) returns bytea
language sql volatile set search_path = '' as $$
  select private.seal(
    p_settings.tenant_id, p_settings.id, p_field,
    private.unseal(p_sealed, p_settings.tenant_id, p_settings.id, p_field, p_keyring ->> p_settings.encryption_key_id), p_key
  )
  where p_sealed is not null;
$$;

-- What scripts/rotate-keys and the worker call

create function backend.vault_key_usage() returns table (encryption_key_id text, count bigint)
language sql stable security definer set search_path = '' as $$
  select settings.encryption_key_id, count(*)
  from public.twilio_settings as settings
  group by settings.encryption_key_id
  order by settings.encryption_key_id;
$$;

create function backend.rotate_secrets(p_keyring jsonb, p_key_id text, p_key text, p_limit integer) returns integer
language plpgsql security definer set search_path = '' as $$
-- Re-encrypts up to p_limit rows with the new key and returns how many; 0 means that nothing is left that can be opened. Rows
-- that somebody else holds, or whose key is not in the keyring, are left for another call; one that does not open with the key
-- of its name is left too (verify_secrets tells of it), and does not hold up those behind it.
declare
  settings public.twilio_settings;
  rotated integer := 0;
begin
  for settings in
    select * from public.twilio_settings
    where encryption_key_id <> p_key_id and p_keyring ? encryption_key_id
    order by tenant_id
    for update skip locked
  loop
    begin
      update public.twilio_settings
      set account_sid_encrypted = private.resealed(settings, settings.account_sid_encrypted, 'account_sid', p_keyring, p_key),
          auth_token_encrypted = private.resealed(settings, settings.auth_token_encrypted, 'auth_token', p_keyring, p_key),
          next_auth_token_encrypted =
            private.resealed(settings, settings.next_auth_token_encrypted, 'next_auth_token', p_keyring, p_key),
          encryption_key_id = p_key_id
      where id = settings.id;
      rotated := rotated + 1;
      exit when rotated >= p_limit;
    exception
      when sqlstate 'PT500' or external_routine_invocation_exception then
        continue;
    end;
  end loop;
  return rotated;
end
$$;

create function backend.verify_secrets(p_keyring jsonb, p_after uuid, p_limit integer)
returns table (tenant_id uuid, ok boolean)
language plpgsql stable security definer set search_path = '' as $$
-- Opens every secret of the next companies after p_after (null: from the first); what does not open is told, never shown.
declare
  settings public.twilio_settings;
begin
  for settings in
    select * from public.twilio_settings as each_row
    where p_after is null or each_row.tenant_id > p_after
    order by each_row.tenant_id
    limit p_limit
  loop
    tenant_id := settings.tenant_id;
    begin
      perform * from private.open_twilio_settings(settings.tenant_id, p_keyring);
      ok := true;
    exception
      when sqlstate 'PT500' or external_routine_invocation_exception then
        ok := false;
    end;
    return next;
  end loop;
end
$$;

-- Grants

grant execute on function
  backend.vault_key_usage(), backend.rotate_secrets(jsonb, text, text, integer), backend.verify_secrets(jsonb, uuid, integer)
to fieldlite_worker;
