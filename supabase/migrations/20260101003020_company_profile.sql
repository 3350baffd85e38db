-- Why: a company describes itself on one page, which two people may have open: a change names the version that it was made from.

-- Triggers

create function private.announce_tenant() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.announce(new.id, 'settings', 'tenants', new.id, 'update', new.version);
  return null;
end
$$;

create trigger show_in_settings after update on public.tenants
for each row when (old.access_epoch = new.access_epoch) execute function private.announce_tenant();

-- Functions

create function private.change_company(p_version integer, p_profile jsonb) returns integer
language plpgsql security definer set search_path = '' as $$
-- Keys that are absent keep their value; the constraints of the table say what is refused, here in the screen's words.
declare
  company public.tenants;
  shaped public.tenants;
  changed integer;
begin
  perform private.hold_company();
  perform private.require('settings.write');
  select * into company from public.tenants where id = private.tenant_id();
  if company.version is distinct from p_version then
    raise sqlstate 'PT409' using
      message = 'Somebody else changed these settings meanwhile. Look at their changes, then save again.', detail = 'stale';
  end if;
  if coalesce(length(btrim(coalesce(p_profile ->> 'name', company.name))), 0) not between 1 and 120 then
    raise sqlstate 'PT422' using message = 'Give the company a name of at most 120 characters.', detail = 'bad_name';
  end if;
  if not private.is_timezone(coalesce(p_profile ->> 'timezone', company.timezone)) then
    raise sqlstate 'PT422' using message = 'Choose a time zone from the list.', detail = 'bad_timezone';
  end if;
  if p_profile ? 'business_hours' and not private.are_business_hours(p_profile -> 'business_hours') then
    raise sqlstate 'PT422' using
      message = 'Opening hours need a start before their end, one after the other.', detail = 'bad_business_hours';
  end if;
  if coalesce(p_profile ->> 'phone', '') !~ '^(\+[1-9][0-9]{6,14})?$' then
    raise sqlstate 'PT422' using message = 'That telephone number is not complete.', detail = 'bad_phone';
  end if;
  if coalesce(p_profile ->> 'email', '') !~ '^([^@\s]+@[^@\s]+)?$' then
    raise sqlstate 'PT422' using message = 'That e-mail address is not complete.', detail = 'bad_email';
  end if;
  if coalesce(p_profile ->> 'website', '') !~ '^(https?://\S+)?$' then
    raise sqlstate 'PT422' using message = 'A website begins with https://.', detail = 'bad_website';
  end if;
  if p_profile ? 'address' and not private.is_address(p_profile -> 'address') then
    raise sqlstate 'PT422' using message = 'That address is too long.', detail = 'bad_address';
  end if;
  shaped := jsonb_populate_record(
    company,
    jsonb_strip_nulls(
      jsonb_build_object(
        'timezone', p_profile -> 'timezone', 'locale', p_profile -> 'locale', 'address', p_profile -> 'address',
        'business_hours', p_profile -> 'business_hours'
      )
    )
  );
  update public.tenants
  set name = coalesce(btrim(p_profile ->> 'name'), company.name),
      timezone = shaped.timezone,
      locale = shaped.locale,
      address = shaped.address,
      business_hours = shaped.business_hours,
      phone = case when p_profile ? 'phone' then nullif(p_profile ->> 'phone', '') else company.phone end,
      email = case when p_profile ? 'email' then nullif(btrim(p_profile ->> 'email'), '') else company.email end,
      website = case when p_profile ? 'website' then nullif(btrim(p_profile ->> 'website'), '') else company.website end
  where id = company.id
  returning version into changed;
  return changed;
exception
  when check_violation or string_data_right_truncation then
    raise sqlstate 'PT422' using message = 'One of these values is too long or not in its form.', detail = 'bad_profile';
end
$$;

-- What browsers call

create function public.change_company(p_version integer, p_profile jsonb) returns integer
language sql set search_path = '' as $$
  select private.change_company(p_version, p_profile);
$$;
comment on function public.change_company is
  'Changes the company''s profile (name, timezone, locale, phone, email, website, address, business_hours); returns its new version.';

-- Grants

grant execute on function private.change_company(integer, jsonb), public.change_company(integer, jsonb) to authenticated;
