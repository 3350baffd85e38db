-- Why: two records of one person become one by one call, and two again by another. What moved is written down, so that a merge can
-- be taken back for thirty days; what came later stays where it is.

-- Functions

create function private.check_merge(p_winner uuid, p_loser uuid, p_fields jsonb) returns void
language plpgsql set search_path = '' as $$
begin
  perform private.require('contacts.merge');
  if p_winner = p_loser then
    raise sqlstate 'PT422' using message = 'Choose two different contacts.', detail = 'same_contact';
  end if;
  if exists (
    select from jsonb_each_text(p_fields) as choice
    where choice.value not in ('winner', 'loser')
      or choice.key not in ('name', 'type', 'organization_id', 'job_title', 'source') and choice.key not like 'custom:%'
  ) then
    raise sqlstate 'PT422' using message = 'Choose for each field which value stays.', detail = 'bad_fields';
  end if;
end
$$;

create function private.merge_contacts(p_winner uuid, p_loser uuid, p_fields jsonb) returns uuid
language plpgsql security definer set search_path = '' as $$
-- Returns the merge. Of two people who merge the same pair at once, in whichever direction, the first decides.
declare
  company constant uuid := private.tenant_id();
  merge constant uuid := gen_random_uuid();
  known uuid;
  winner public.contacts;
  loser public.contacts;
  moved jsonb := '{}';
  relation text;
begin
  perform private.check_merge(p_winner, p_loser, coalesce(p_fields, '{}'));
  perform private.hold_contacts(company, array[p_winner, p_loser]);
  select id into known from public.merges
  where tenant_id = company and undone_at is null and (winner_id, loser_id) in ((p_winner, p_loser), (p_loser, p_winner));
  if found then
    return known;
  end if;
  select * into winner from public.contacts
  where tenant_id = company and id = p_winner and deleted_at is null and erased_at is null;
  select * into loser from public.contacts
  where tenant_id = company and id = p_loser and deleted_at is null and erased_at is null;
  if winner.id is null or loser.id is null then
    raise sqlstate 'PT404' using message = 'One of them was deleted or merged meanwhile.', detail = 'no_such_contact';
  end if;
  moved := jsonb_build_object(
    'winner', private.write_fields(winner, private.merged_fields(winner, loser, coalesce(p_fields, '{}'))),
    'primary', private.primary_ids(company, p_loser)
  );
  foreach relation in array private.moving_tables() loop
    -- Numbers go first, invoices follow a merge only: so the loser ends between them.
    if relation = 'invoices' then
      update public.contacts set deleted_at = now(), deleted_by = auth.uid(), merged_into_id = p_winner
      where tenant_id = company and id = p_loser;
    end if;
    moved := moved || jsonb_build_object(relation, private.move_rows(relation, company, p_loser, p_winner));
  end loop;
  moved := moved || jsonb_build_object('consents', private.unite_consents(company, p_winner));
  insert into public.merges (id, tenant_id, winner_id, loser_id, loser_name, fields, moved, created_by)
  values (merge, company, p_winner, p_loser, loser.name, coalesce(p_fields, '{}'), moved, auth.uid());
  return merge;
end
$$;

create function private.merge_to_undo(p_merge uuid) returns public.merges
language plpgsql set search_path = '' as $$
-- The merge with its contacts locked, or the reason why it stays.
declare
  merge public.merges;
begin
  perform private.require('contacts.merge');
  select * into merge from public.merges where tenant_id = private.tenant_id() and id = p_merge;
  if not found then
    raise sqlstate 'PT404' using message = 'That merge does not exist.', detail = 'no_such_merge';
  end if;
  perform private.hold_contacts(merge.tenant_id, array[merge.winner_id, merge.loser_id]);
  select * into merge from public.merges where id = p_merge for update;
  if merge.undone_at is null and merge.created_at < private.oldest('undo of merges') then
    raise sqlstate 'PT410' using message = 'A merge can be undone for 30 days. That time is over.', detail = 'too_late';
  end if;
  if merge.undone_at is null and exists (
    select from public.contacts
    where tenant_id = merge.tenant_id and id = merge.winner_id and merged_into_id is not null
  ) then
    raise sqlstate 'PT409' using
      message = 'This contact was merged again since. Undo the later merge first.', detail = 'merged_again';
  end if;
  return merge;
end
$$;

create function private.undo_merge(p_merge uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  merge constant public.merges := private.merge_to_undo(p_merge);
  winner public.contacts;
  relation text;
begin
  if merge.undone_at is not null then
    return;
  end if;
  -- Fields that somebody changed since stay as they are.
  select * into winner from public.contacts where tenant_id = merge.tenant_id and id = merge.winner_id;
  perform private.write_fields(
    winner,
    coalesce(
      (
        select jsonb_object_agg(field.key, field.value)
        from jsonb_each(merge.moved #> '{winner,before}') as field
        where to_jsonb(winner) -> field.key = merge.moved #> array['winner', 'after', field.key]
      ),
      '{}'
    )
  );
  foreach relation in array private.moving_tables() loop
    perform private.move_rows(relation, merge.tenant_id, merge.winner_id, merge.loser_id, merge.moved -> relation);
  end loop;
  update public.contact_phones set is_primary = true
  where tenant_id = merge.tenant_id and contact_id = merge.loser_id and merge.moved -> 'primary' ? id::text and not is_primary;
  update public.contact_emails set is_primary = true
  where tenant_id = merge.tenant_id and contact_id = merge.loser_id and merge.moved -> 'primary' ? id::text and not is_primary;
  update public.contacts set deleted_at = null, deleted_by = null, merged_into_id = null
  where tenant_id = merge.tenant_id and id = merge.loser_id;
  perform private.part_consents(merge.tenant_id, merge.moved -> 'consents');
  update public.merges set undone_at = now(), undone_by = auth.uid() where id = merge.id;
end
$$;

-- What browsers call

create function public.merge_contacts(p_winner uuid, p_loser uuid, p_fields jsonb default '{}') returns uuid
language sql set search_path = '' as $$
  select private.merge_contacts(p_winner, p_loser, p_fields);
$$;
comment on function public.merge_contacts is
  'Makes one contact of two; p_fields says winner or loser for name, type, organization_id, job_title, source, custom:<field id>.';

create function public.undo_merge(p_merge uuid) returns void
language sql set search_path = '' as $$
  select private.undo_merge(p_merge);
$$;
comment on function public.undo_merge is 'Takes a merge back, for 30 days; what came to the contact since stays with it.';

-- Grants

grant execute on function
  private.merge_contacts(uuid, uuid, jsonb), private.undo_merge(uuid), public.merge_contacts(uuid, uuid, jsonb),
  public.undo_merge(uuid)
to authenticated;
