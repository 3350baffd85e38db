import { BellOff, BellRing, ContactRound, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Avatar } from '@/components/Avatar';
import { ErrorState } from '@/components/ErrorState';
import { PhoneNumber } from '@/components/PhoneNumber';
import { Button } from '@/components/ui/Button';
import { TYPE_WORDS } from '@/contacts/contactModel';
import { ContactInvoices } from '@/invoices/ContactInvoices';
import { cn } from '@/lib/cn';
import { dayLabel } from '@/lib/when';
import { useNow } from '@/lib/useNow';
import { useCompany } from '@/session/companyStore';
import type { ContactPhone } from './contactRepository';
import { isTextable, nameOf, type Conversation } from './conversationModel';
import { useContact } from './useContact';

/** Who this is, how to reach them, and whether they want texts. */
export function ContactCard({ conversation }: { conversation: Conversation }) {
  const company = useCompany();
  const now = useNow();
  const { contact, failure, retry } = useContact(conversation);
  if (failure && !contact) return <ErrorState failure={failure} onRetry={retry} />;
  return (
    <div className="grid gap-6 p-5">
      <header className="grid justify-items-center gap-3 text-center">
        <Avatar name={conversation.contactName} className="size-16 text-lg" />
        <h2 className="max-w-full text-lg leading-snug font-semibold break-words">
          {nameOf(conversation, company.country)}
        </h2>
        {conversation.contactType && (
          <span className="rounded-full bg-accent px-2.5 py-0.5 text-xs font-medium text-accent-foreground">
            {TYPE_WORDS[conversation.contactType]}
          </span>
        )}
      </header>
      <dl className="grid gap-4 text-sm">
        <Fact label={(contact?.phones.length ?? 1) > 1 ? 'Numbers' : 'Number'}>
          {contact ? <Phones phones={contact.phones} /> : <TheirNumber conversation={conversation} />}
        </Fact>
        <Fact label="Texts">
          <ConsentState optedOut={conversation.optedOut} />
        </Fact>
        <Fact label="Known since">
          {dayLabel(contact?.createdAt ?? conversation.createdAt, now, company)}
        </Fact>
      </dl>
      {conversation.contactId !== null && (
        <Button asChild variant="outline" className="justify-self-start">
          <Link to={`/contacts/${conversation.contactId}`}>
            <ContactRound aria-hidden />
            Open contact
          </Link>
        </Button>
      )}
      <ContactInvoices contactId={conversation.contactId} />
      {conversation.contactId === null && isTextable(conversation) && (
        <p className="text-sm text-muted-foreground">
          More than one contact has this number, so this thread shows only what was said here.
        </p>
      )}
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-0.5">
      <dt className="text-xs font-medium text-muted-foreground">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function Phones({ phones }: { phones: ContactPhone[] }) {
  const { country } = useCompany();
  return (
    <ul role="list">
      {phones.map((phone) => (
        <li key={phone.id} className="flex flex-wrap items-center gap-x-2">
          {phone.e164 === null ? (
            <span className="break-all">{phone.raw} (not a number)</span>
          ) : (
            <PhoneNumber e164={phone.e164} country={country} />
          )}
          {phone.label && <span className="text-muted-foreground">{phone.label}</span>}
        </li>
      ))}
    </ul>
  );
}

function TheirNumber({ conversation }: { conversation: Conversation }) {
  const { country } = useCompany();
  if (!isTextable(conversation)) return conversation.theirNumber;
  return <PhoneNumber e164={conversation.theirNumber} country={country} />;
}

function ConsentState({ optedOut }: { optedOut: boolean }) {
  const Icon: LucideIcon = optedOut ? BellOff : BellRing;
  return (
    <span className="inline-flex items-center gap-2">
      <Icon aria-hidden className={cn('size-4', optedOut ? 'text-warning' : 'text-success')} />
      {optedOut ? 'Opted out by replying STOP' : 'Can be texted'}
    </span>
  );
}
