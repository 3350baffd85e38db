import { Contact, Copy, Download, MoreHorizontal, Plus, Trash2, Upload } from 'lucide-react';
import { Link } from 'react-router';
import { PageHeader } from '@/components/PageHeader';
import { Button } from '@/components/ui/Button';
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '@/components/ui/Menu';
import { showFailure } from '@/lib/undoStore';
import { useAction } from '@/lib/useAction';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import { exportContacts, type ExportFormat } from './exportContacts';
import type { ListQuery } from './listModel';

export function ContactsHeader({ query }: { query: ListQuery }) {
  const { role } = useCompany();
  const mayImport = may(role, 'contacts.import');
  return (
    <PageHeader
      title="Contacts"
      action={
        <span className="flex items-center gap-2">
          {mayImport && (
            <Button asChild variant="outline" className="max-md:hidden">
              <Link to="/contacts/import">
                <Upload aria-hidden />
                Import
              </Link>
            </Button>
          )}
          {may(role, 'contacts.write') && (
            <Button asChild>
              <Link to="/contacts/new" title="New contact (n)">
                <Plus aria-hidden />
                New contact
              </Link>
            </Button>
          )}
          <MoreMenu query={query} />
        </span>
      }
    />
  );
}

function MoreMenu({ query }: { query: ListQuery }) {
  const { role } = useCompany();
  const action = useAction();
  const download = (format: ExportFormat) =>
    void action.run(() => exportContacts(format, query).catch(showFailure));
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="quiet" size="icon" aria-label="More" busy={action.busy}>
          {!action.busy && <MoreHorizontal aria-hidden />}
        </Button>
      </MenuTrigger>
      <MenuContent align="end">
        {may(role, 'contacts.import') && (
          <MenuItem asChild className="md:hidden">
            <Link to="/contacts/import">
              <Upload aria-hidden />
              Import
            </Link>
          </MenuItem>
        )}
        {may(role, 'contacts.export') && (
          <>
            <MenuItem onSelect={() => download('csv')}>
              <Download aria-hidden />
              Export as CSV
            </MenuItem>
            <MenuItem onSelect={() => download('vcf')}>
              <Contact aria-hidden />
              Export as vCard
            </MenuItem>
            <MenuSeparator />
          </>
        )}
        <MenuItem asChild>
          <Link to="/contacts/duplicates">
            <Copy aria-hidden />
            Possible duplicates
          </Link>
        </MenuItem>
        {may(role, 'deleted.restore') && (
          <MenuItem asChild>
            <Link to="/contacts/deleted">
              <Trash2 aria-hidden />
              Recently deleted
            </Link>
          </MenuItem>
        )}
      </MenuContent>
    </Menu>
  );
}
