import { lazy } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { InboxPage } from '@/inbox/InboxPage';
import { useCompany } from '@/session/companyStore';
import { CreateCompanyPage } from '@/session/CreateCompanyPage';
import { RequireCompany, RequireSession } from '@/session/RequireSession';
import { AppFrame } from './AppFrame';
import { NotFoundPage } from './NotFoundPage';
import { NothingYet } from './NothingYet';
import { placesOf } from './places';

const AccountLayout = lazy(async () => ({
  default: (await import('@/account/AccountLayout')).AccountLayout,
}));
const AccountPage = lazy(async () => ({ default: (await import('@/account/AccountPage')).AccountPage }));
const DevicesPage = lazy(async () => ({ default: (await import('@/account/DevicesPage')).DevicesPage }));
const SettingsPage = lazy(async () => ({ default: (await import('@/settings/SettingsPage')).SettingsPage }));
const PaymentsPage = lazy(async () => ({
  default: (await import('@/settings/payments/PaymentsPage')).PaymentsPage,
}));
const BillingPage = lazy(async () => ({ default: (await import('@/billing/BillingPage')).BillingPage }));
const InvoicesPage = lazy(async () => ({ default: (await import('@/invoices/InvoicesPage')).InvoicesPage }));
const InvoicePage = lazy(async () => ({ default: (await import('@/invoices/InvoicePage')).InvoicePage }));
const EditInvoicePage = lazy(async () => ({
  default: (await import('@/invoices/EditInvoicePage')).EditInvoicePage,
}));
const ContactsPage = lazy(async () => ({ default: (await import('@/contacts/ContactsPage')).ContactsPage }));
const ContactPage = lazy(async () => ({ default: (await import('@/contacts/ContactPage')).ContactPage }));
const EditContactPage = lazy(async () => ({
  default: (await import('@/contacts/EditContactPage')).EditContactPage,
}));
const MergePage = lazy(async () => ({ default: (await import('@/contacts/MergePage')).MergePage }));
const DuplicatesPage = lazy(async () => ({
  default: (await import('@/contacts/DuplicatesPage')).DuplicatesPage,
}));
const DeletedPage = lazy(async () => ({ default: (await import('@/contacts/DeletedPage')).DeletedPage }));
const ImportsPage = lazy(async () => ({ default: (await import('@/imports/ImportsPage')).ImportsPage }));
const ImportPage = lazy(async () => ({ default: (await import('@/imports/ImportPage')).ImportPage }));
const TasksPage = lazy(async () => ({ default: (await import('@/tasks/TasksPage')).TasksPage }));
const CompanyPage = lazy(async () => ({
  default: (await import('@/settings/company/CompanyPage')).CompanyPage,
}));
const TeamPage = lazy(async () => ({ default: (await import('@/team/TeamPage')).TeamPage }));
const TagsPage = lazy(async () => ({ default: (await import('@/settings/tags/TagsPage')).TagsPage }));
const AuditPage = lazy(async () => ({ default: (await import('@/audit/AuditPage')).AuditPage }));
const TwilioPage = lazy(async () => ({ default: (await import('@/settings/TwilioPage')).TwilioPage }));
const NumbersPage = lazy(async () => ({ default: (await import('@/settings/NumbersPage')).NumbersPage }));
const FailedEventsPage = lazy(async () => ({
  default: (await import('@/settings/FailedEventsPage')).FailedEventsPage,
}));

/** Everything behind the sign-in. It is loaded apart, so that the pages before it are light. */
export function SignedInApp() {
  return (
    <Routes>
      <Route element={<RequireSession />}>
        <Route path="/create-company" element={<CreateCompanyPage />} />
        <Route element={<RequireCompany />}>
          <Route element={<AppFrame />}>
            <Route index element={<Home />} />
            <Route path="/inbox/:conversation?" element={<InboxPage />} />
            <Route path="/contacts" element={<ContactsPage />} />
            <Route path="/contacts/new" element={<EditContactPage />} />
            <Route path="/contacts/duplicates" element={<DuplicatesPage />} />
            <Route path="/contacts/deleted" element={<DeletedPage />} />
            <Route path="/contacts/merge/:first/:second" element={<MergePage />} />
            <Route path="/contacts/import" element={<ImportsPage />} />
            <Route path="/contacts/import/:import" element={<ImportPage />} />
            <Route path="/contacts/:contact" element={<ContactPage />} />
            <Route path="/contacts/:contact/edit" element={<EditContactPage />} />
            <Route path="/tasks" element={<TasksPage />} />
            <Route path="/invoices" element={<InvoicesPage />} />
            <Route path="/invoices/new" element={<EditInvoicePage />} />
            <Route path="/invoices/:invoice" element={<InvoicePage />} />
            <Route path="/invoices/:invoice/edit" element={<EditInvoicePage />} />
            <Route path="/account" element={<AccountLayout />}>
              <Route index element={<AccountPage />} />
              <Route path="devices" element={<DevicesPage />} />
            </Route>
            <Route path="/settings" element={<SettingsPage />}>
              <Route index element={<Navigate to="/settings/twilio" replace />} />
              <Route path="company" element={<CompanyPage />} />
              <Route path="team" element={<TeamPage />} />
              <Route path="tags" element={<TagsPage />} />
              <Route path="audit" element={<AuditPage />} />
              <Route path="twilio" element={<TwilioPage />} />
              <Route path="numbers" element={<NumbersPage />} />
              <Route path="payments" element={<PaymentsPage />} />
              <Route path="billing" element={<BillingPage />} />
              <Route path="events" element={<FailedEventsPage />} />
            </Route>
            <Route path="*" element={<NotFoundPage />} />
          </Route>
        </Route>
      </Route>
    </Routes>
  );
}

/** The first place that the person may see. */
function Home() {
  const first = placesOf(useCompany())[0];
  return first ? <Navigate to={first.path} replace /> : <NothingYet />;
}
