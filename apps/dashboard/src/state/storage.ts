/** What a browser keeps for a page, or the page itself where the browser keeps nothing, as for frames of other sites. */

export interface TextStore {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

/** A store that ends with the page. */
function memoryStore(): TextStore {
  const values = new Map<string, string>();
  return {
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => void values.set(name, value),
    removeItem: (name) => void values.delete(name),
  };
}

/**
 * The browser's store if it may be used.
 * @param open throws where storage is blocked
 */
export function storeOr(open: () => TextStore): TextStore {
  try {
    const store = open();
    store.getItem('');
    return store;
  } catch {
    return memoryStore();
  }
}

export const tabStore = storeOr(() => window.sessionStorage);
export const browserStore = storeOr(() => window.localStorage);
