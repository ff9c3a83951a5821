/** Forecasts of counts from their past: plain arithmetic, which knows neither time zones nor storage. */
export * from './bands';
export * from './forecast';
export * from './predictor';
export * from './runway';
export * from './seasonal';
export * from './trend';
