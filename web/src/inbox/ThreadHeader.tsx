import { ArrowLeft, BellOff, Info, Mail, Phone } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { Avatar } from '@/components/Avatar';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { formatNumber } from '@/lib/phone';
import { useKeys } from '@/lib/useKeys';
import { useMediaQuery } from '@/lib/useMediaQuery';
import { mayAnswer } from '@/session/companyModel';
import { useCompany } from '@/session/companyStore';
import { ContactCard } from './ContactCard';
import { isTextable, nameOf, type Conversation } from './conversationModel';
import { keepUnread } from './conversationStore';

export function ThreadHeader({ conversation }: { conversation: Conversation }) {
  const company = useCompany();
  const { country } = company;
  const [showsDetails, setShowsDetails] = useState(false);
  const name = nameOf(conversation, country);
  const headingRef = useHeadingFocus();
  return (
    <header className="flex h-14 shrink-0 items-center gap-2 border-b bg-card px-2 md:px-4">
      <Button asChild variant="quiet" size="icon" className="md:hidden">
        <Link to="/inbox" aria-label="Back to the inbox">
          <ArrowLeft aria-hidden />
        </Link>
      </Button>
      <Avatar name={conversation.contactName} className="size-9 max-sm:hidden" />
      <div className="min-w-0 flex-1">
        <h2
          ref={headingRef}
          tabIndex={-1}
          className="truncate text-[0.9375rem] leading-tight font-semibold outline-none"
        >
          {name}
        </h2>
        <p className="flex items-center gap-2 truncate text-xs text-muted-foreground">
          {conversation.contactName && (
            <span className="truncate tabular-nums">{formatNumber(conversation.theirNumber, country)}</span>
          )}
          {conversation.optedOut && (
            <span className="inline-flex shrink-0 items-center gap-1 font-medium text-warning">
              <BellOff aria-hidden className="size-3.5" />
              Opted out
            </span>
          )}
        </p>
      </div>
      {isTextable(conversation) && (
        <Button asChild variant="quiet" size="icon">
          <a href={`tel:${conversation.theirNumber}`} aria-label={`Call ${name}`} title="Call">
            <Phone aria-hidden />
          </a>
        </Button>
      )}
      {mayAnswer(company) && <MarkUnread conversation={conversation} />}
      <Button
        variant="quiet"
        size="icon"
        className="xl:hidden"
        aria-label={`Details of ${name}`}
        title="Details"
        onClick={() => setShowsDetails(true)}
      >
        <Info aria-hidden />
      </Button>
      <Dialog open={showsDetails} onClose={() => setShowsDetails(false)} title="Contact" shape="sheet">
        <div className="-mx-5">
          <ContactCard conversation={conversation} />
        </div>
      </Dialog>
    </header>
  );
}

/** On a phone the thread takes the list's place, and the focus with it. */
function useHeadingFocus() {
  const ref = useRef<HTMLHeadingElement>(null);
  const isPhone = useMediaQuery('(max-width: 47.99rem)');
  useEffect(() => {
    if (isPhone) ref.current?.focus();
  }, [isPhone]);
  return ref;
}

/** Leaves the thread, or it would be read again at once. */
function MarkUnread({ conversation }: { conversation: Conversation }) {
  const navigate = useNavigate();
  const latest = useRef(conversation);
  useEffect(() => {
    latest.current = conversation;
  });
  const handlers = useMemo(
    () => ({
      u: () => {
        void navigate('/inbox');
        void keepUnread(latest.current);
      },
    }),
    [navigate],
  );
  useKeys(handlers);
  return (
    <Button
      variant="quiet"
      size="icon"
      aria-label="Mark as unread"
      title="Mark as unread (u)"
      onClick={() => handlers.u()}
    >
      <Mail aria-hidden />
    </Button>
  );
}
