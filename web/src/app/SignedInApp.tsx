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
            <Route path="/invoices" element={<InvoicesPage />} />
            <Route path="/invoices/new" element={<EditInvoicePage />} />
            <Route path="/invoices/:invoice" element={<InvoicePage />} />
            <Route path="/invoices/:invoice/edit" element={<EditInvoicePage />} />
            <Route path="/settings" element={<SettingsPage />}>
              <Route index element={<Navigate to="/settings/twilio" replace />} />
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
