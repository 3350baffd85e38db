"""The questions to ``pg_catalog`` that fill the schema cache.

They run with an empty ``search_path``, so that ``format_type`` and ``pg_get_expr`` qualify what they name. Every
schema of the project is read, not only the exposed ones: a view in an exposed schema has the foreign keys of its
base tables, wherever these are.
"""

# ruff: noqa: S608 (composing SQL is what this module does: identifiers quoted, values bound, all else constant)

from __future__ import annotations

SYSTEM_SCHEMAS = "('pg_catalog', 'information_schema', 'pg_toast')"

TABLES = f"""
select c.oid::int8, n.nspname, c.relname, c.relkind in ('v', 'm'),
    -- The bits of pg_relation_is_updatable are those of the command numbers: update 2, insert 3, delete 4.
    pg_relation_is_updatable(c.oid, true) & 8 > 0,
    pg_relation_is_updatable(c.oid, true) & 4 > 0,
    pg_relation_is_updatable(c.oid, true) & 16 > 0
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'v', 'm', 'f', 'p')
    and not c.relispartition
    and c.relpersistence <> 't'
    and n.nspname not in {SYSTEM_SCHEMAS}
order by c.oid
"""

# A type modifier of -1 asks for the bare type in a form that can be written in SQL (bpchar instead of character).
COLUMNS = f"""
select a.attrelid::int8, a.attnum::int4, a.attname, format_type(a.atttypid, -1),
    case
        when a.attidentity <> '' then format('nextval(%L::regclass)', pg_get_serial_sequence(
            format('%I.%I', n.nspname, c.relname), a.attname))
        when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid)
    end
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_namespace n on n.oid = c.relnamespace
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where a.attnum > 0
    and not a.attisdropped
    and c.relkind in ('r', 'v', 'm', 'f', 'p')
    and n.nspname not in {SYSTEM_SCHEMAS}
order by a.attrelid, a.attnum
"""

KEYS = f"""
select k.conname, k.contype::text, k.conrelid::int8, k.confrelid::int8, k.conkey::int4[], k.confkey::int4[]
from pg_constraint k
join pg_namespace n on n.oid = k.connamespace
where k.contype in ('p', 'u', 'f')
    and k.conparentid = 0
    and n.nspname not in {SYSTEM_SCHEMAS}
order by k.conrelid, k.conname
"""

VIEWS = f"""
select r.ev_class::int8, r.ev_action::text
from pg_rewrite r
join pg_class c on c.oid = r.ev_class
join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('v', 'm')
    and r.rulename = '_RETURN'
    and n.nspname not in {SYSTEM_SCHEMAS}
order by r.ev_class
"""

# proallargtypes is null when all parameters are IN; modes: i in, o out, b inout, v variadic, t table column.
FUNCTIONS = """
select n.nspname, p.proname, p.proargnames,
    coalesce((select array_agg(format_type(a.type, -1) order by a.position)
        from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as a (type, position)), '{}'),
    p.proargmodes::text[],
    p.pronargdefaults::int4,
    p.proretset,
    base.typtype = 'c' or coalesce(p.proargmodes::text[] && '{o,b,t}', false),
    base.oid = 'void'::regtype,
    base.typrelid::int8,
    case when p.pronargs = 1 then (select a.typrelid::int8 from pg_type a where a.oid = p.proargtypes[0]) end,
    p.provolatile = 'v'
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
join pg_type t on t.oid = p.prorettype
join pg_type base on base.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
where p.prokind = 'f'
    and t.typname not in ('trigger', 'event_trigger')
    and n.nspname = any($1)
order by p.oid
"""

# Only what an ordinary user may set can be taken on by a request.
ROLE_SETTINGS = """
select r.rolname, split_part(s.setting, '=', 1), substr(s.setting, strpos(s.setting, '=') + 1)
from pg_roles r
cross join unnest(r.rolconfig) as s (setting)
join pg_settings g on g.name = split_part(s.setting, '=', 1)
where g.context = 'user' and g.name <> 'search_path'
    and pg_has_role('authenticator', r.oid, 'member') and r.rolname <> 'authenticator'
order by r.rolname
"""
