import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { ErrorBoundary } from './app/ErrorBoundary';
import './app/styles.css';
import { startTheme } from './app/theme';
import { resumeSession } from './session/session';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

startTheme();
void resumeSession();
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <App />
    </ErrorBoundary>
  </StrictMode>,
);
