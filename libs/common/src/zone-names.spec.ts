import { didYouMean } from './nearest';
import { ianaZone, ianaZones } from './zone-names';

describe('ianaZone', () => {
  it.each([
    ['asia/kolkata', 'Asia/Kolkata'],
    ['ASIA/CALCUTTA', 'Asia/Calcutta'],
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/kyiv', 'Europe/Kyiv'],
    ['america/port-au-prince', 'America/Port-au-Prince'],
    ['america/argentina/buenos_aires', 'America/Argentina/Buenos_Aires'],
    ['antarctica/dumontdurville', 'Antarctica/DumontDUrville'],
    ['us/eastern', 'US/Eastern'],
    ['etc/gmt+5', 'Etc/GMT+5'],
    ['etc/utc', 'Etc/UTC'],
    ['utc', 'UTC'],
    ['cet', 'CET'],
    ['EST', 'EST'],
    ['pst8pdt', 'PST8PDT'],
    ['japan', 'Japan'],
    ['w-su', 'W-SU'],
  ])('spells %s as %s', (given, spelled) => {
    expect(ianaZone(given)).toBe(spelled);
  });

  it.each(['', '+05:30', '-08', 'UTC+3', 'JST', 'Z', 'Etc/Unknown', 'Europe/Atlantis'])('refuses "%s"', (name) => {
    expect(ianaZone(name)).toBeNull();
  });

  it.each(['SystemV/EST5', 'US/Pacific-New', ' Europe/Berlin', 'Europe/Berlin\n', 'constructor', '__proto__'])(
    'refuses "%s"',
    (name) => {
      expect(ianaZone(name)).toBeNull();
    },
  );

  it('does not look at long input', () => {
    expect(ianaZone('Europe/Berlin'.repeat(100_000))).toBeNull();
  });
});

describe('ianaZones', () => {
  it('are all known to Intl, and to ianaZone in any case', () => {
    for (const name of ianaZones()) {
      expect(() => new Intl.DateTimeFormat('en', { timeZone: name })).not.toThrow();
      expect([ianaZone(name), ianaZone(name.toUpperCase())]).toEqual([name, name]);
    }
  });

  it('hold all that Intl lists', () => {
    expect(ianaZones()).toEqual(expect.arrayContaining(Intl.supportedValuesOf('timeZone')));
  });

  it('serve for hints', () => {
    expect(didYouMean('Asia/Kolkatta', ianaZones())).toBe(' Did you mean "Asia/Kolkata"?');
    expect(didYouMean('America/NewYork', ianaZones())).toBe(' Did you mean "America/New_York"?');
    for (const slip of ['JST', 'Z']) expect(didYouMean(slip, ianaZones())).toBe('');
  });
});
