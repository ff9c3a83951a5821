/** Reads `Accept` and `Accept-Encoding`: https://www.rfc-editor.org/rfc/rfc9110#section-12.5 */

interface Choice {
  name: string;
  /** From 0, not wanted, to 1. */
  quality: number;
}

/**
 * The offer that a header gives the highest quality; of equal ones the first. Wildcards count for what is not named.
 * @returns null when it wants none of them
 */
export function preferred(header: string, offers: readonly string[]): string | null {
  const choices = header.split(',').map(choiceOf);
  const qualityOf = (offer: string): number => {
    const names = [offer, `${offer.split('/')[0]}/*`, '*/*', '*'];
    const best = names.map((name) => choices.find((choice) => choice.name === name)).find((choice) => choice);
    return best?.quality ?? 0;
  };
  let best: Choice = { name: '', quality: 0 };
  for (const offer of offers) {
    const quality = qualityOf(offer);
    if (quality > best.quality) best = { name: offer, quality };
  }
  return best.quality > 0 ? best.name : null;
}

/** A quality that cannot be read is as good as none given. */
function choiceOf(text: string): Choice {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => /^q=(0|1|[01]?\.\d{0,3})$/.test(parameter));
  return { name, quality: quality === undefined ? 1 : Math.min(1, Number(quality.slice(2))) };
}
