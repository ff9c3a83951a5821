export * from './bill';
export * from './currency';
export * from './decimal';
export type { Problem } from './fields';
export * from './period';
export * from './plan';
export * from './price';
export { readPlan } from './read-plan';
export * from './shares';
