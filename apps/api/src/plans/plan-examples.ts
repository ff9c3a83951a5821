/** Bodies of plans for the API's document; the first is what a trial call sends. */
export const PLAN_EXAMPLES = {
  'a flat fee with included requests': {
    value: {
      name: 'Starter',
      currency: 'USD',
      flatFee: '49',
      prices: [
        { id: 'requests', name: 'Requests', includedUnits: 100_000, tiers: [{ upTo: null, unitAmount: '0.0008' }] },
      ],
      freeStatuses: ['5xx', '429'],
    },
  },
  'graduated, searches count five times': {
    value: {
      name: 'Growth',
      currency: 'EUR',
      timezone: 'Europe/Berlin',
      prices: [
        {
          id: 'search',
          name: 'Searches',
          match: { endpoint: ['/v1/search*'], method: ['GET'] },
          weight: 5,
          tiers: [{ upTo: null, unitAmount: '0.0002' }],
        },
        {
          id: 'requests',
          name: 'All other requests',
          model: 'graduated',
          tiers: [
            { upTo: 10_000, unitAmount: '0' },
            { upTo: 100_000, unitAmount: '0.0015' },
            { upTo: null, unitAmount: '0.0009' },
          ],
        },
      ],
      freeStatuses: ['5xx', '429'],
      minimum: '20',
    },
  },
};
