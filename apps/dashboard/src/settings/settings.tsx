/** How this browser shows the dashboard, and as whom. */
import type { ReactNode } from 'react';
import { endSession } from '../api/query-client';
import { type Me, useMe } from '../api/use-me';
import { dayAndTime } from '../format/format';
import type { ScreenProps } from '../screens';
import { CallState } from '../shell/call-state';
import { ZoneSelect } from '../shell/controls';
import {
  type Theme,
  type WeekStart,
  chooseTheme,
  chooseWeekStart,
  localZone,
  useTheme,
  useWeekStart,
} from '../state/preferences';
import { Choice } from '../ui/choice';
import './settings.css';

const THEMES: readonly { value: Theme; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

const WEEK_STARTS: readonly { value: WeekStart; label: string }[] = [
  { value: 'monday', label: 'Monday' },
  { value: 'sunday', label: 'Sunday' },
];

export function Settings({ view, zone }: ScreenProps): ReactNode {
  const theme = useTheme();
  const weekStart = useWeekStart();
  return (
    <div className="settings">
      <section className="panel" aria-labelledby="settings-view">
        <h2 id="settings-view">View</h2>
        <p className="note">This browser remembers it.</p>
        <div className="setting">
          <h3>Theme</h3>
          <Choice label="Theme" options={THEMES} chosen={theme} onChoose={chooseTheme} />
        </div>
        <div className="setting">
          <h3>Times</h3>
          <ZoneSelect view={view} zone={zone} />
          <p className="note">
            {zone === localZone() ? 'The zone of this computer.' : `This computer is set to ${localZone()}.`} Periods,
            charts, tables and exports are all of this zone.
          </p>
        </div>
        <div className="setting">
          <h3>Weeks begin on</h3>
          <Choice label="Weeks begin on" options={WEEK_STARTS} chosen={weekStart} onChoose={chooseWeekStart} />
        </div>
      </section>
      <SignedIn zone={zone} />
      <section className="panel" aria-labelledby="settings-api">
        <h2 id="settings-api">API</h2>
        <p>Everything on these screens is also a call.</p>
        <p>
          <a href="/docs">Try the calls in Swagger</a> · <a href="/openapi.json">OpenAPI document</a>
        </p>
      </section>
    </div>
  );
}

function SignedIn({ zone }: { zone: string }): ReactNode {
  const me = useMe();
  return (
    <section className="panel" aria-labelledby="settings-caller">
      <h2 id="settings-caller">Signed in with</h2>
      <CallState query={me} />
      {me.data && <Caller of={me.data.caller} zone={zone} />}
      <p className="note">It stays in this tab until you close it or sign out.</p>
      <button type="button" onClick={() => endSession()}>
        Sign out
      </button>
    </section>
  );
}

function Caller({ of, zone }: { of: Me['caller']; zone: string }): ReactNode {
  const facts: readonly (readonly [string, ReactNode])[] = [
    of.name === null ? ['Share token of the key', <code key="id">{of.keyId}</code>] : ['Key', of.name],
    ...(of.name === null ? [] : [['Id', <code key="id">{of.keyId}</code>] as const]),
    ['Account', of.isAdmin ? `${of.accountId}, and as an admin all others` : of.accountId],
    ...(of.keyIds === null ? [] : [['Only these keys', of.keyIds.join(', ')] as const]),
    ['Tier', of.tier],
    ['May', of.permissions.join(', ')],
    ['Ends', of.expiresAt === null ? 'never' : dayAndTime(Date.parse(of.expiresAt), zone)],
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
