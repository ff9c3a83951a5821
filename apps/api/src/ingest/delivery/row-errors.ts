/** Which storage errors say that a row is bad. */
import { errorCode } from '@meterhouse/common';

/**
 * ClickHouse's error numbers for text that is no row, or a value that its column does not take. Any other error, known or
 * not, is of the storage: what waits for it loses nothing, and what is parked for it needs somebody to send it again.
 */
const ROW_CODES = new Set([
  '6', // CANNOT_PARSE_TEXT
  '7', // INCORRECT_NUMBER_OF_COLUMNS
  '25', // CANNOT_PARSE_ESCAPE_SEQUENCE
  '26', // CANNOT_PARSE_QUOTED_STRING
  '27', // CANNOT_PARSE_INPUT_ASSERTION_FAILED
  '38', // CANNOT_PARSE_DATE
  '41', // CANNOT_PARSE_DATETIME
  '53', // TYPE_MISMATCH
  '69', // ARGUMENT_OUT_OF_BOUND
  '70', // CANNOT_CONVERT_TYPE
  '72', // CANNOT_PARSE_NUMBER
  '117', // INCORRECT_DATA
  '131', // TOO_LARGE_STRING_SIZE
  '321', // VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE
  '349', // CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN
  '467', // CANNOT_PARSE_BOOL
  '469', // VIOLATED_CONSTRAINT
  '691', // UNKNOWN_ELEMENT_OF_ENUM
]);

/** Whether ClickHouse refuses a row; false for every error that it may not raise for the same row later. */
export function isRowError(error: unknown): boolean {
  return ROW_CODES.has(errorCode(error) ?? '');
}
