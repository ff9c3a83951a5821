/** Currencies by their ISO 4217 codes. */

const CODES = new Set(Intl.supportedValuesOf('currency'));

/** Whether it is the code of a currency, in capitals. */
export function isCurrency(code: string): boolean {
  return CODES.has(code);
}

/** How many decimals amounts of a currency have. @example digitsOf('USD') === 2 // JPY 0, KWD 3 */
export function digitsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
