import { lazy, Suspense } from 'react';
import { createBrowserRouter, Route, Routes, useRouteError } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { Splash } from '@/components/Splash';
import { ArrivePage } from '@/session/ArrivePage';
import { CheckEmailPage } from '@/session/CheckEmailPage';
import { ConfirmPage } from '@/session/ConfirmPage';
import { ForgotPasswordPage } from '@/session/ForgotPasswordPage';
import { LinkSentPage } from '@/session/LinkSentPage';
import { SignInPage } from '@/session/SignInPage';
import { SignUpPage } from '@/session/SignUpPage';

// These speak to the database, whose client the other pages before the sign-in do without.
const InvitePage = lazy(async () => ({ default: (await import('@/session/InvitePage')).InvitePage }));
const ResetPasswordPage = lazy(async () => ({
  default: (await import('@/session/ResetPasswordPage')).ResetPasswordPage,
}));
const SecondFactorPage = lazy(async () => ({
  default: (await import('@/account/SecondFactorPage')).SecondFactorPage,
}));
const SignedInApp = lazy(async () => ({ default: (await import('./SignedInApp')).SignedInApp }));

function Pages() {
  return (
    <Suspense fallback={<Splash />}>
      <Routes>
        <Route path="/sign-in" element={<SignInPage />} />
        <Route path="/sign-up" element={<SignUpPage />} />
        <Route path="/check-email" element={<CheckEmailPage />} />
        <Route path="/confirm" element={<ConfirmPage />} />
        <Route path="/forgot-password" element={<ForgotPasswordPage />} />
        <Route path="/link-sent" element={<LinkSentPage />} />
        <Route path="/arrive" element={<ArrivePage />} />
        <Route path="/invite" element={<InvitePage />} />
        <Route path="/reset-password" element={<ResetPasswordPage />} />
        <Route path="/second-factor" element={<SecondFactorPage />} />
        <Route path="*" element={<SignedInApp />} />
      </Routes>
    </Suspense>
  );
}

/** What broke below the router is shown by the boundary above it. */
function Rethrown(): never {
  throw useRouteError();
}

// A router of its own kind, with one route: only it can hold back who leaves a form that is not saved.
const router = createBrowserRouter([{ path: '*', element: <Pages />, errorElement: <Rethrown /> }]);

export function App() {
  return <RouterProvider router={router} />;
}
