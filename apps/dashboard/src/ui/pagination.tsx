import type { ReactNode } from 'react';
import { count } from '../format/format';

interface Props {
  /** As the service's lists answer it. */
  pagination: { total: number; limit: number; offset: number; hasMore: boolean };
  /** What is listed, in the plural, as "keys". */
  things: string;
  onOffset: (offset: number) => void;
}

/** Where a page stands in a list, and the way to the next. */
export function Pagination({ pagination: { total, limit, offset, hasMore }, things, onOffset }: Props): ReactNode {
  if (total === 0) return null;
  const isWhole = offset === 0 && !hasMore;
  return (
    <nav className="pagination" aria-label={`Pages of ${things}`}>
      <p className="note" role="status">
        {isWhole
          ? `${count(total)} ${total === 1 ? things.replace(/s$/, '') : things}`
          : `${count(offset + 1)}–${count(Math.min(total, offset + limit))} of ${count(total)} ${things}`}
      </p>
      {!isWhole && (
        <>
          <button type="button" disabled={offset === 0} onClick={() => onOffset(Math.max(0, offset - limit))}>
            Previous
          </button>
          <button type="button" disabled={!hasMore} onClick={() => onOffset(offset + limit)}>
            Next
          </button>
        </>
      )}
    </nav>
  );
}
