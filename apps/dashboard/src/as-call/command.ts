/** A call as a command for a shell. */

/** @param query lists repeat their name */
export function commandOf(origin: string, path: string, query: Readonly<Record<string, unknown>>, more = ''): string {
  const lines = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => `  --data-urlencode ${quoted(`${name}=${String(one)}`)}`),
  );
  return [`curl -s -G${more} -H "Authorization: Bearer $KEY" '${origin}${path}'`, ...lines].join(' \\\n');
}

/** A shell takes all between single quotes as it is. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
