-- uuid-ossp without its C library: the identifiers that PostgreSQL itself can make. The others say that they are
-- missing instead of returning something else. Signatures and constants are those of the real extension (RFC 4122).

create function uuid_nil() returns uuid language sql immutable strict parallel safe
return '00000000-0000-0000-0000-000000000000'::uuid;

create function uuid_ns_dns() returns uuid language sql immutable strict parallel safe
return '6ba7b810-9dad-11d1-80b4-00c04fd430c8'::uuid;

create function uuid_ns_url() returns uuid language sql immutable strict parallel safe
return '6ba7b811-9dad-11d1-80b4-00c04fd430c8'::uuid;

create function uuid_ns_oid() returns uuid language sql immutable strict parallel safe
return '6ba7b812-9dad-11d1-80b4-00c04fd430c8'::uuid;

create function uuid_ns_x500() returns uuid language sql immutable strict parallel safe
return '6ba7b814-9dad-11d1-80b4-00c04fd430c8'::uuid;

create function uuid_generate_v4() returns uuid language sql volatile strict parallel safe
return pg_catalog.gen_random_uuid();

-- Version 3: MD5 of namespace and name; the version in byte 6, the variant in byte 8.
create function uuid_generate_v3(namespace uuid, name text) returns uuid language sql immutable strict parallel safe
return (
  select pg_catalog.encode(
    pg_catalog.set_byte(
      pg_catalog.set_byte(hash, 6, (pg_catalog.get_byte(hash, 6) & 15) | 48),
      8, (pg_catalog.get_byte(hash, 8) & 63) | 128
    ), 'hex')::uuid
  from (
    select pg_catalog.decode(
      pg_catalog.md5(pg_catalog.uuid_send(namespace) || pg_catalog.convert_to(name, 'UTF8')), 'hex'
    ) as hash
  ) as hashed
);

create function uuid_generate_v1() returns uuid language plpgsql volatile strict as $$
begin
  raise feature_not_supported using
    message = 'uuid_generate_v1() is not part of the embedded Supabase',
    hint = 'Use gen_random_uuid().';
end $$;

create function uuid_generate_v1mc() returns uuid language plpgsql volatile strict as $$
begin
  raise feature_not_supported using
    message = 'uuid_generate_v1mc() is not part of the embedded Supabase',
    hint = 'Use gen_random_uuid().';
end $$;

create function uuid_generate_v5(namespace uuid, name text) returns uuid language plpgsql immutable strict as $$
begin
  raise feature_not_supported using
    message = 'uuid_generate_v5() is not part of the embedded Supabase',
    hint = 'Use uuid_generate_v3().';
end $$;
