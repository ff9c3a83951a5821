export * from './errors';
export * from './nearest';
export * from './settings';
export * from './time';
