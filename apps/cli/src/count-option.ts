import { InvalidArgumentError } from 'commander';

/** The value of an option that takes a whole number of 1 or more. @throws InvalidArgumentError for anything else */
export function countOption(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('It should be a whole number of 1 or more.');
  return Number(text);
}
