import { limitChanges, limitForm } from './limit-form-values';

const before = limitForm({
  limits: { activeKeys: 10, eventsPerMinute: 5, eventsPerDay: null, endpointNamesPerDay: 500 },
  customLimits: ['eventsPerMinute', 'eventsPerDay'],
});

it('has the limits of the tier, own ones and those that are none', () => {
  expect(before).toEqual({
    activeKeys: { kind: 'tier', number: '10' },
    eventsPerMinute: { kind: 'number', number: '5' },
    eventsPerDay: { kind: 'none', number: '' },
    endpointNamesPerDay: { kind: 'tier', number: '500' },
  });
});

it('sends only what was changed', () => {
  expect(limitChanges(before, before)).toEqual({});
  expect(
    limitChanges(before, {
      activeKeys: { kind: 'number', number: '20' },
      eventsPerMinute: { kind: 'number', number: '5' },
      eventsPerDay: { kind: 'tier', number: '' },
      endpointNamesPerDay: { kind: 'none', number: '500' },
    }),
  ).toEqual({ activeKeys: 20, eventsPerDay: 'default', endpointNamesPerDay: null });
});

it('pays no regard to a number that does not count', () => {
  expect(limitChanges(before, { ...before, activeKeys: { kind: 'tier', number: '99' } })).toEqual({});
});
