import { Link, useNavigate } from 'react-router';
import { WhenLabel } from '@/components/WhenLabel';
import { cn } from '@/lib/cn';
import { formatNumber } from '@/lib/phone';
import { useCompany } from '@/session/companyStore';
import { nameOf, TYPE_WORDS, type ContactRow } from './contactModel';
import type { RowVirtualizer } from './ContactRows';
import { noteOpened } from './contactStore';
import { RowTags } from './RowTags';

interface ContactTableProps {
  rows: readonly ContactRow[];
  virtualizer: RowVirtualizer;
}

const COLUMNS = 7;
/** Of the line with the headings. */
const HEADINGS = 36;

/** Columns leave from the right as the window gets narrower. */
const FROM = { lg: 'hidden lg:table-cell', xl: 'hidden xl:table-cell' } as const;

/**
 * Rows above those in the page are one empty row of their height, so that the table stays a table. The box around it has
 * the height of the whole list: it never shrinks while rows are exchanged, or the place would be lost.
 */
export function ContactTable({ rows, virtualizer }: ContactTableProps) {
  const shown = virtualizer.getVirtualItems();
  return (
    <div style={{ height: HEADINGS + virtualizer.getTotalSize() }}>
      <table
        aria-label="Contacts"
        aria-rowcount={rows.length + 1}
        className="w-full table-fixed border-separate border-spacing-0 text-sm"
      >
        <thead className="sticky top-0 z-10 bg-card text-left text-xs text-muted-foreground">
          <tr aria-rowindex={1}>
            <Heading className="w-[36%] pl-8 lg:w-[26%]">Name</Heading>
            <Heading className="w-[18%]">Organization</Heading>
            <Heading className="w-40">Phone</Heading>
            <Heading className={FROM.xl}>E-mail</Heading>
            <Heading className={cn('w-32', FROM.lg)}>City</Heading>
            <Heading className={FROM.lg}>Tags</Heading>
            <Heading className="w-32 pr-8 text-right">Last activity</Heading>
          </tr>
        </thead>
        <tbody>
          <Gap height={shown[0]?.start ?? 0} />
          {shown.map(({ index, key }) => {
            const contact = rows[index];
            return contact && <Row key={key} contact={contact} index={index} />;
          })}
        </tbody>
      </table>
    </div>
  );
}

function Heading({ className, children }: { className?: string; children: string }) {
  return (
    <th scope="col" className={cn('h-9 border-b px-3 font-medium', className)}>
      {children}
    </th>
  );
}

function Gap({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={COLUMNS} className="p-0" style={{ height }} />
    </tr>
  );
}

const CELL = 'h-11 truncate border-b px-3';

function Row({ contact, index }: { contact: ContactRow; index: number }) {
  const { country } = useCompany();
  const navigate = useNavigate();
  const path = `/contacts/${contact.id}`;
  const name = nameOf(contact, country);
  const open = () => {
    noteOpened(contact.id);
    void navigate(path);
  };
  return (
    // The whole row is a target for the mouse; the keyboard has the link in its first cell.
    <tr
      aria-rowindex={index + 2}
      onClick={open}
      className="cursor-pointer transition-colors focus-within:bg-muted hover:bg-muted"
    >
      <th scope="row" className={cn(CELL, 'pl-8 text-left font-normal')}>
        <span className="flex items-baseline gap-2">
          <Link
            to={path}
            data-contact={contact.id}
            title={name}
            onClick={(event) => {
              event.stopPropagation();
              noteOpened(contact.id);
            }}
            className="inline-flex h-8 target min-w-0 items-center underline-offset-4 -outline-offset-2 hover:underline"
          >
            <span className="truncate font-medium">{name}</span>
          </Link>
          <span className="hidden shrink-0 text-xs text-muted-foreground lg:inline">
            {TYPE_WORDS[contact.type]}
          </span>
        </span>
      </th>
      <td className={CELL} title={contact.organizationName ?? undefined}>
        {contact.organizationName}
      </td>
      <td className={cn(CELL, 'tabular-nums')}>
        {contact.primaryPhone !== null && formatNumber(contact.primaryPhone, country)}
      </td>
      <td className={cn(CELL, FROM.xl)} title={contact.primaryEmail ?? undefined}>
        {contact.primaryEmail}
      </td>
      <td className={cn(CELL, FROM.lg)}>{contact.city}</td>
      <td className={cn(CELL, FROM.lg)}>
        <RowTags tagIds={contact.tagIds} />
      </td>
      <td className={cn(CELL, 'pr-8 text-right text-muted-foreground tabular-nums')}>
        {contact.lastActivityAt !== null && <WhenLabel at={contact.lastActivityAt} />}
      </td>
    </tr>
  );
}
