/** The statement of the screen: that of the address, else the last one of this tab. */
import { useState } from 'react';
import { tabStore } from '../state/storage';
import { go } from '../state/use-view';
import type { View } from '../state/view';
import { EXAMPLES } from './examples';

const NAME = 'meterhouse.sql';

/** Longer ones stay out of the address: servers and chat programs cut or refuse long ones. */
const MAX_ADDRESS_CHARS = 4_000;

interface Draft {
  text: string;
  change: (text: string) => void;
  /** Puts the statement into the address, so that the link of the screen is the link of the statement. */
  publish: () => void;
}

export function useDraft(view: View): Draft {
  const [draft, setDraft] = useState(() => ({
    text: view.sql ?? tabStore.getItem(NAME) ?? EXAMPLES[0]?.query ?? '',
    of: view.sql,
  }));
  // Back and forward show the statement of their address.
  const current = view.sql !== undefined && view.sql !== draft.of ? { text: view.sql, of: view.sql } : draft;
  if (current !== draft) setDraft(current);
  return {
    text: current.text,
    change: (text) => {
      tabStore.setItem(NAME, text);
      setDraft({ text, of: view.sql });
    },
    publish: () => {
      const { sql: _, ...rest } = view;
      const fits = encodeURIComponent(current.text).length <= MAX_ADDRESS_CHARS;
      go(fits && current.text !== '' ? { ...rest, sql: current.text } : rest);
      setDraft({ text: current.text, of: fits && current.text !== '' ? current.text : undefined });
    },
  };
}
