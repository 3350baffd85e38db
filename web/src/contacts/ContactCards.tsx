import { Link } from 'react-router';
import { Avatar } from '@/components/Avatar';
import { WhenLabel } from '@/components/WhenLabel';
import { formatNumber } from '@/lib/phone';
import { useCompany } from '@/session/companyStore';
import { nameOf, TYPE_WORDS, type ContactRow } from './contactModel';
import type { RowVirtualizer } from './ContactRows';
import { noteOpened } from './contactStore';
import { RowTags } from './RowTags';

interface ContactCardsProps {
  rows: readonly ContactRow[];
  virtualizer: RowVirtualizer;
}

export function ContactCards({ rows, virtualizer }: ContactCardsProps) {
  return (
    <ul role="list" aria-label="Contacts" className="relative" style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map(({ index, key, start }) => {
        const contact = rows[index];
        if (!contact) return null;
        return (
          <li
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            aria-setsize={rows.length}
            aria-posinset={index + 1}
            className="absolute inset-x-0 top-0 border-b"
            style={{ transform: `translateY(${start}px)` }}
          >
            <Card contact={contact} />
          </li>
        );
      })}
    </ul>
  );
}

function Card({ contact }: { contact: ContactRow }) {
  const { country } = useCompany();
  const phone = contact.primaryPhone === null ? null : formatNumber(contact.primaryPhone, country);
  const reach = [
    contact.organizationName,
    contact.name === null ? null : (phone ?? contact.primaryEmail),
    contact.city,
  ];
  return (
    <Link
      to={`/contacts/${contact.id}`}
      data-contact={contact.id}
      onClick={() => noteOpened(contact.id)}
      className="flex gap-3 px-4 py-3 -outline-offset-2 transition-colors hover:bg-muted"
    >
      <Avatar name={contact.name} />
      <span className="grid min-w-0 flex-1 gap-1">
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate text-[0.9375rem] font-medium">
            {nameOf(contact, country)}
          </span>
          {contact.lastActivityAt !== null && (
            <WhenLabel
              at={contact.lastActivityAt}
              className="shrink-0 text-xs text-muted-foreground tabular-nums"
            />
          )}
        </span>
        <span className="truncate text-sm text-muted-foreground">
          {reach.filter((part) => part !== null).join(' · ')}
        </span>
        <span className="flex min-w-0 items-center gap-2 text-xs text-muted-foreground">
          {TYPE_WORDS[contact.type]}
          <RowTags tagIds={contact.tagIds} />
        </span>
      </span>
    </Link>
  );
}
