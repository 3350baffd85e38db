import { Building2, Mail, MessageSquareText, Phone } from 'lucide-react';
import { Link } from 'react-router';
import { Avatar } from '@/components/Avatar';
import { TagChip } from '@/components/TagChip';
import { Button } from '@/components/ui/Button';
import { useConversationsOf } from '@/invoices/useConversationsOf';
import { useCompany } from '@/session/companyStore';
import type { ContactCard } from './cardModel';
import { nameOf, TYPE_WORDS } from './contactModel';
import { EVERYBODY } from './listModel';
import { addressOf } from './useListQuery';

/** Who this is, and the ways to reach them at once. */
export function ContactHead({ card }: { card: ContactCard }) {
  return (
    <section aria-label="Who" className="flex flex-wrap items-center gap-x-6 gap-y-4">
      <div className="flex min-w-0 flex-1 basis-64 items-center gap-4">
        <Avatar name={card.name} className="size-14 text-lg" />
        <div className="grid min-w-0 gap-1 text-sm">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted-foreground">
            <span className="rounded-full bg-accent px-2.5 py-0.5 text-xs font-medium text-accent-foreground">
              {TYPE_WORDS[card.type]}
            </span>
            {card.jobTitle && <span className="break-words">{card.jobTitle}</span>}
            {card.organizationId !== null && (
              <Link
                to={addressOf({ ...EVERYBODY, organizationId: card.organizationId })}
                className="inline-flex target min-w-0 items-center gap-1.5 underline-offset-4 hover:underline"
              >
                <Building2 aria-hidden className="size-4 shrink-0" />
                <span className="break-words">{card.organizationName}</span>
              </Link>
            )}
          </p>
          {card.tags.length > 0 && (
            <p className="flex flex-wrap gap-1">
              {card.tags.map(({ id, name, color }) => (
                <TagChip key={id} color={color}>
                  {name}
                </TagChip>
              ))}
            </p>
          )}
        </div>
      </div>
      <QuickActions card={card} />
    </section>
  );
}

function QuickActions({ card }: { card: ContactCard }) {
  const { country } = useCompany();
  const name = nameOf(card, country);
  const phone = (card.phones.find(({ isPrimary }) => isPrimary) ?? card.phones[0])?.e164 ?? null;
  return (
    <div className="flex flex-wrap gap-2">
      {phone !== null && (
        <Button asChild variant="outline">
          <a href={`tel:${phone}`} aria-label={`Call ${name}`}>
            <Phone aria-hidden />
            Call
          </a>
        </Button>
      )}
      <TextButton contactId={card.id} name={name} />
      {card.primaryEmail !== null && (
        <Button asChild variant="outline">
          <a href={`mailto:${card.primaryEmail}`} aria-label={`Write an e-mail to ${name}`}>
            <Mail aria-hidden />
            E-mail
          </a>
        </Button>
      )}
    </div>
  );
}

/** Goes on with the latest conversation; nothing where there is none yet, since a conversation begins with their text. */
function TextButton({ contactId, name }: { contactId: string; name: string }) {
  const { conversations } = useConversationsOf(contactId);
  const latest = conversations?.[0];
  if (!latest) return null;
  return (
    <Button asChild>
      <Link to={`/inbox/${latest.id}`} state={{ reply: true }} aria-label={`Text ${name}`}>
        <MessageSquareText aria-hidden />
        Text
      </Link>
    </Button>
  );
}
