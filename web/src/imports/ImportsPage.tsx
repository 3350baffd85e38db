import { useCallback, useEffect } from 'react';
import { Link, useNavigate } from 'react-router';
import { StatusBadge } from '@/components/StatusBadge';
import { NotAllowed } from '@/components/NotAllowed';
import { WhenLabel } from '@/components/WhenLabel';
import { ListPage } from '@/contacts/ListPage';
import { onChange } from '@/database/changes';
import { useLoaded } from '@/database/useLoaded';
import { throttled } from '@/lib/throttled';
import { usePageTitle } from '@/lib/usePageTitle';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import { FileChoice } from './FileChoice';
import { badgeOf, type ContactImport } from './importModel';
import { fetchImports } from './importRepository';

const MOST = 50;
const PACE = 2_000;

export function ImportsPage() {
  const { role } = useCompany();
  usePageTitle('Import contacts');
  return may(role, 'contacts.import') ? <Imports /> : <NotAllowed place="Importing contacts" />;
}

function Imports() {
  const navigate = useNavigate();
  const ask = useCallback(() => fetchImports(MOST), []);
  const { value: items, failure, load } = useLoaded(ask);
  useEffect(
    () =>
      onChange(
        'imports',
        throttled(() => void load(), PACE),
      ),
    [load],
  );
  return (
    <ListPage title="Import contacts" isLoaded={items !== undefined} failure={failure} onRetry={load}>
      <FileChoice onUploaded={(id) => void navigate(`/contacts/import/${id}`)} />
      {items && items.length > 0 && (
        <section aria-labelledby="earlier" className="grid gap-2">
          <h2 id="earlier" className="text-base font-semibold">
            Earlier imports
          </h2>
          <ul role="list" className="divide-y rounded-lg border bg-card">
            {items.map((item) => (
              <ImportLine key={item.id} item={item} />
            ))}
          </ul>
        </section>
      )}
    </ListPage>
  );
}

function ImportLine({ item }: { item: ContactImport }) {
  const { name, rows, createdAt, createdByName } = item;
  return (
    <li>
      <Link
        to={`/contacts/import/${item.id}`}
        className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3 text-sm hover:bg-muted"
      >
        <span className="min-w-0 flex-1 basis-52">
          <span className="block font-medium break-words">{name}</span>
          <span className="block text-xs text-muted-foreground">
            {rows.toLocaleString()} rows · <WhenLabel at={createdAt} />
            {createdByName !== null && ` · ${createdByName}`}
          </span>
        </span>
        <StatusBadge badge={badgeOf(item)} />
      </Link>
    </li>
  );
}
