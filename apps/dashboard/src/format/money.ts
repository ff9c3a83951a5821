/** Amounts of money, which the service gives as decimal strings: their digits are never made a number of JavaScript. */

function isDecimal(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(text);
}

/**
 * An amount with its currency, by the browser's locale and with all its digits.
 * @example money('1234.50', 'USD') // '$1,234.50' in the United States
 */
export function money(amount: string, currency: string): string {
  if (!isDecimal(amount)) return `${amount}\u202f${currency}`;
  const digits = amount.split('.')[1]?.length ?? 0;
  return new Intl.NumberFormat(undefined, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount);
}

/** An amount where there is little room, as $12.3K. */
export function shortMoney(amount: number, currency: string): string {
  return new Intl.NumberFormat(undefined, {
    style: 'currency',
    currency,
    notation: Math.abs(amount) >= 10_000 ? 'compact' : 'standard',
    maximumFractionDigits: Math.abs(amount) >= 10_000 ? 1 : 2,
  }).format(amount);
}

/** Whether an amount is zero, however it is written. */
export const isZero = (amount: string): boolean => /^-?0+(\.0+)?$/.test(amount);

/** An amount as a whole number of its smallest digit. */
function scaled(amount: string, digits: number): bigint {
  const [whole = '', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(digits, '0'));
}

/** One amount less another, exactly. @example minus('1.50', '2') // '-0.50' */
export function minus(one: string, other: string): string {
  const digits = Math.max(...[one, other].map((amount) => amount.split('.')[1]?.length ?? 0));
  const difference = scaled(one, digits) - scaled(other, digits);
  if (digits === 0) return String(difference);
  const text = String(difference < 0n ? -difference : difference).padStart(digits + 1, '0');
  return `${difference < 0n ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
