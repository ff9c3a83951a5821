/** Opens the dashboard: takes a key out of the address before anything else sees it. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClientProvider } from '@tanstack/react-query';
import { queryClient } from './api/query-client';
import { takeKeyFromAddress } from './api/session';
import { App } from './app';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/rail.css';
import './styles/forms.css';
import './styles/lists.css';
import './styles/overview.css';
import './styles/tables.css';
import './styles/chart.css';

takeKeyFromAddress();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  );
}
