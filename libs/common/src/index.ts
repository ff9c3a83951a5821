export * from './calendar';
export * from './errors';
export * from './instant';
export * from './nearest';
export * from './settings';
export * from './sums';
export * from './time';
export * from './zone-names';
