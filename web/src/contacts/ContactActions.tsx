import { Contact, Eraser, Merge, MoreHorizontal, Pencil, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { Button } from '@/components/ui/Button';
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '@/components/ui/Menu';
import { showFailure } from '@/lib/undoStore';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import type { ContactCard } from './cardModel';
import { ChooseMergeDialog } from './ChooseMergeDialog';
import { nameOf } from './contactModel';
import { deleteWithUndo } from './deleteWithUndo';
import { EraseDialog } from './EraseDialog';
import { exportContact } from './exportContacts';

type OpenDialog = 'merge' | 'erase';

interface ContactActionsProps {
  card: ContactCard;
  reload: () => Promise<void>;
}

/** Editing first; the rest behind one button. */
export function ContactActions({ card, reload }: ContactActionsProps) {
  const { role } = useCompany();
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const close = () => setOpen(null);
  return (
    <span className="flex items-center gap-2">
      {may(role, 'contacts.write') && (
        <Button asChild variant="outline">
          <Link to={`/contacts/${card.id}/edit`}>
            <Pencil aria-hidden />
            Edit
          </Link>
        </Button>
      )}
      <MoreMenu card={card} reload={reload} onOpen={setOpen} />
      {open === 'merge' && <ChooseMergeDialog card={card} onClose={close} />}
      {open === 'erase' && <EraseDialog card={card} onClose={close} />}
    </span>
  );
}

interface MoreMenuProps extends ContactActionsProps {
  onOpen: (dialog: OpenDialog) => void;
}

function MoreMenu({ card, reload, onOpen }: MoreMenuProps) {
  const { role, country } = useCompany();
  const navigate = useNavigate();
  // The menu gives the focus back to its button first, so that the dialog can give it back there too.
  const asked = useRef<OpenDialog | null>(null);
  const openDialog = () => {
    if (asked.current) onOpen(asked.current);
    asked.current = null;
  };
  const remove = async () => {
    const words = `${nameOf(card, country)} was deleted.`;
    if (await deleteWithUndo({ kind: 'contact', id: card.id, words, reload })) void navigate('/contacts');
  };
  const mayWrite = may(role, 'contacts.write');
  const mayExport = may(role, 'contacts.export');
  if (!mayWrite && !mayExport) return null;
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="quiet" size="icon" aria-label="More">
          <MoreHorizontal aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent align="end" onCloseAutoFocus={openDialog}>
        {may(role, 'contacts.merge') && (
          <MenuItem onSelect={() => (asked.current = 'merge')}>
            <Merge aria-hidden />
            Merge with another contact…
          </MenuItem>
        )}
        {mayExport && (
          <MenuItem onSelect={() => void exportContact(card).catch(showFailure)}>
            <Contact aria-hidden />
            Export as vCard
          </MenuItem>
        )}
        {mayWrite && (
          <>
            <MenuSeparator />
            <MenuItem onSelect={() => void remove()}>
              <Trash2 aria-hidden />
              Delete
            </MenuItem>
          </>
        )}
        {may(role, 'contacts.erase') && (
          <MenuItem onSelect={() => (asked.current = 'erase')}>
            <Eraser aria-hidden />
            Erase this person…
          </MenuItem>
        )}
      </MenuContent>
    </Menu>
  );
}
