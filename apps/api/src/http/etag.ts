/** Entity tags (https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3). */
import { type Hash, createHash } from 'node:crypto';

/**
 * The strong tag of an answer's bytes, in its quotes; put `W/` before it where it stands for less than all of them.
 * @param content the bytes, or a SHA-256 that has taken them in
 */
export function etagOf(content: Buffer | Hash): string {
  const hash = Buffer.isBuffer(content) ? createHash('sha256').update(content) : content;
  return `"${hash.digest('base64url').slice(0, 27)}"`;
}

/** Whether `If-None-Match`, which lists tags or is `*`, holds the tag; a weak tag matches its strong form. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const bare = (tag: string): string => tag.trim().replace(/^W\//, '');
  return header.trim() === '*' || header.split(',').some((tag) => bare(tag) === bare(etag));
}
