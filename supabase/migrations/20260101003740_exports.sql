-- Why: the address book can be taken out as it can be brought in; who may do so is asked here, the rows are read with the
-- person's own rights.

create function backend.require_contact_export(p_tenant uuid, p_user uuid) returns void
language sql stable security definer set search_path = '' as $$
  select private.require_member(p_tenant, p_user, 'contacts.export');
$$;

-- Grants

grant execute on function backend.require_contact_export(uuid, uuid) to fieldlite_portal;
