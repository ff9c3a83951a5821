import { isZero, minus, money } from './money';

describe('money', () => {
  it('keeps every digit of an amount that no number of JavaScript holds', () => {
    expect(money('90071992547409931.27', 'USD')).toContain('90,071,992,547,409,931.27');
  });

  it('shows the digits that the service gives, also where a currency has none', () => {
    expect(money('1200', 'JPY')).toMatch(/1,200$/);
    expect(money('0.10', 'USD')).toContain('0.10');
    expect(money('-3.500', 'KWD')).toContain('3.500');
  });

  it('knows a zero', () => {
    expect(['0', '0.00', '-0.000', '0.01', '10'].map(isZero)).toEqual([true, true, true, false, false]);
  });

  it('subtracts exactly', () => {
    expect(minus('1.50', '2')).toBe('-0.50');
    expect(minus('-0.30', '-0.1')).toBe('-0.20');
    expect(minus('90071992547409931.27', '0.01')).toBe('90071992547409931.26');
    expect(minus('7', '7')).toBe('0');
  });
});
