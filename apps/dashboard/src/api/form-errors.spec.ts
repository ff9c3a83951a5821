import { formErrors } from './form-errors';

/** Of `CallError`, whose file opens a client of the browser. */
const refused = (details: { field: string; message: string }[]) => ({
  message: 'It was refused.',
  details,
});

it('puts each error beside its field, a deeper one beside the field that holds it', () => {
  const error = refused([
    { field: 'name', message: 'name is empty.' },
    { field: 'rateLimit.requestsPerDay', message: 'too many.' },
    { field: 'permissions.0', message: 'unknown.' },
  ]);
  expect(formErrors(error, ['name', 'rateLimit.requestsPerDay', 'permissions'])).toEqual({
    fields: { name: 'name is empty.', 'rateLimit.requestsPerDay': 'too many.', permissions: 'unknown.' },
    form: null,
  });
});

it('says the rest of the whole form', () => {
  expect(formErrors(refused([{ field: 'keyId', message: 'It is revoked.' }]), ['name']).form).toBe('It is revoked.');
  expect(formErrors(refused([]), ['name'])).toEqual({ fields: {}, form: 'It was refused.' });
  expect(formErrors(null, ['name'])).toEqual({ fields: {}, form: null });
});
