import type { ReactNode } from 'react';

export function Brand(): ReactNode {
  return (
    <span className="brand">
      <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
        <rect width="32" height="32" rx="8" />
        <path d="M7 23v-6m6 6V12m6 11v-8m6 8V8" />
      </svg>
      Meterhouse
    </span>
  );
}
