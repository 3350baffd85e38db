import { Component, type ReactNode } from 'react';
import { ErrorState } from '@/components/ErrorState';
import { toFailure, type Failure } from '@/lib/failure';

interface State {
  failure: Failure | null;
}

/** What no part of the page expected. React offers this as a class only. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { failure: null };

  static getDerivedStateFromError(error: unknown): State {
    return { failure: toFailure(error) };
  }

  override render() {
    const { failure } = this.state;
    if (!failure) return this.props.children;
    return (
      <main className="grid h-full">
        <ErrorState failure={failure} onRetry={() => window.location.reload()} />
      </main>
    );
  }
}
