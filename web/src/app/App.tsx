import { lazy, Suspense } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { Splash } from '@/components/Splash';
import { CheckEmailPage } from '@/session/CheckEmailPage';
import { ConfirmPage } from '@/session/ConfirmPage';
import { SignInPage } from '@/session/SignInPage';
import { SignUpPage } from '@/session/SignUpPage';

const SignedInApp = lazy(async () => ({ default: (await import('./SignedInApp')).SignedInApp }));

export function App() {
  return (
    <BrowserRouter>
      <Suspense fallback={<Splash />}>
        <Routes>
          <Route path="/sign-in" element={<SignInPage />} />
          <Route path="/sign-up" element={<SignUpPage />} />
          <Route path="/check-email" element={<CheckEmailPage />} />
          <Route path="/confirm" element={<ConfirmPage />} />
          <Route path="*" element={<SignedInApp />} />
        </Routes>
      </Suspense>
    </BrowserRouter>
  );
}
