-- Why: a search must forgive typing mistakes and answer while somebody types. LIKE and similarity are no leakproof operators, so
-- under row-level security they would read every row of the company: these functions search one company, which their caller,
-- having asked once who calls, names.

-- A setting of pg_trgm can be named only where its library is loaded, which a new connection has not done yet.
select extensions.similarity('', '');

-- Functions

create function private.search_terms(p_query text) returns text[]
language sql stable set search_path = '' as $$
-- A number in whatever punctuation is one term: its digits, without the zero that stands for the country at home.
  select case
    when p_query ~ '^[0-9 ()+./-]+$' and length(private.digits(p_query)) >= 3 then array[
      case when length(private.digits(p_query)) >= 7 then ltrim(private.digits(p_query), '0') else private.digits(p_query) end
    ]
    else array_remove(
      array(
        select distinct btrim(term, '.')
        from unnest(string_to_array(private.searchable(left(p_query, 200)), ' ')) as term
        limit 8
      ),
      ''
    )
  end;
$$;

create function private.find_fragments(p_tenant uuid, p_query text, p_terms text[], p_limit integer)
returns table (contact_id uuid, rank real)
language plpgsql stable set search_path = '' as $$
-- Contacts that have every term somewhere. Names that begin with the query come first, then names in which a word begins with
-- it. Of very many, the first thousand that turn up are ranked.
begin
  return query execute format(
    $sql$
      select found.contact_id, min(found.rank)::real
      from (
        (
          select known.contact_id, 0 as rank from private.contact_documents as known
          where known.tenant_id = $1 and known.name like %1$L
          order by known.name
          limit $2
        )
        union all
        (
          select known.contact_id, case when known.name like %2$L then 1 else 2 end
          from private.contact_documents as known
          where known.tenant_id = $1 and %3$s
          limit 1000
        )
      ) as found
      group by found.contact_id
    $sql$,
    p_query || '%', '% ' || p_query || '%',
    (select string_agg(format('known.document like %L', '%' || term || '%'), ' and ') from unnest(p_terms) as term)
  ) using p_tenant, p_limit;
end
$$;

create function private.swapped(p_word text) returns text[]
language sql immutable set search_path = '' as $$
-- A short word with each two neighbouring letters exchanged: this commonest of mistakes leaves it too few trigrams to be
-- recognized by. None for more than one word, and for long ones, which keep enough.
  select array_agg(distinct overlay(p_word placing reverse(substr(p_word, place, 2)) from place))
  from generate_series(1, length(p_word) - 1) as place
  where length(p_word) between 4 and 8 and p_word !~ ' ';
$$;

create function private.find_similar(p_tenant uuid, p_query text, p_limit integer)
returns table (contact_id uuid, rank real)
language sql stable set search_path = '' set pg_trgm.word_similarity_threshold = '0.4' as $$
-- Contacts that have something like the query: typing mistakes.
  select found.contact_id, min(found.rank)
  from (
    select known.contact_id, (4 - extensions.word_similarity(p_query, known.document))::real as rank
    from private.contact_documents as known
    where known.tenant_id = p_tenant and p_query operator(extensions.<%) known.document
    union all
    select known.contact_id, 3.2
    from unnest(private.swapped(p_query)) as other (word)
    join private.contact_documents as known
      on known.tenant_id = p_tenant and known.document like '%' || other.word || '%'
  ) as found
  group by found.contact_id
  order by 2
  limit p_limit;
$$;

create function private.find_contacts(p_tenant uuid, p_query text, p_limit integer)
returns table (contact_id uuid, rank real)
language plpgsql stable rows 50 set search_path = '' as $$
-- With their ranks, the lowest is the best. (rows: so that what is found is looked up, not joined with the whole company.)
declare
  terms constant text[] := private.search_terms(p_query);
  words constant text := case when cardinality(terms) = 1 then terms[1] else private.searchable(p_query) end;
  hits integer;
begin
  if cardinality(terms) = 0 then
    return;
  elsif length(words) < 3 then
    return query
    select known.contact_id, 0::real from private.contact_documents as known
    where known.tenant_id = p_tenant and known.name ~>=~ words and known.name ~<~ (words || U&'\FFFF')
    order by known.name
    limit p_limit;
    return;
  end if;
  return query select * from private.find_fragments(p_tenant, words, terms, p_limit);
  get diagnostics hits = row_count;
  if hits = 0 and words ~ '[[:alpha:]]' then
    return query select * from private.find_similar(p_tenant, words, p_limit);
  end if;
end
$$;
