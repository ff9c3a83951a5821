/** The frame of every screen, or the sign-in. */
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { useSession } from './api/session';
import { Skeleton } from './overview/skeleton';
import { SCREENS } from './screens';
import { Controls, withoutGranularity } from './shell/controls';
import { CustomPeriod } from './shell/custom-period';
import { Header, nextTheme } from './shell/header';
import { Help } from './shell/help';
import { PERIODS } from './shell/periods';
import { SignIn } from './shell/sign-in';
import { granularitiesOf, defaultGranularity } from './state/granularity';
import { chooseTheme, chooseZone, localZone, useTheme, useZone } from './state/preferences';
import { go, stepBack, useView } from './state/use-view';
import { METRICS, type View } from './state/view';
import { useShortcuts } from './ui/use-shortcuts';

export function App(): ReactNode {
  const { key, notice } = useSession();
  const theme = useTheme();
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return key === null ? <SignIn notice={notice} /> : <Frame />;
}

function Frame(): ReactNode {
  const view = useView();
  const theme = useTheme();
  const preferred = useZone();
  const zone = view.timezone ?? preferred;
  const [open, setOpen] = useState<'help' | 'custom' | null>(null);
  const screen = SCREENS.find(({ path }) => path === view.screen);
  useEffect(() => {
    document.title = `${screen?.title ?? 'Not found'} · Meterhouse`;
  }, [screen]);
  useShortcuts({
    ...viewShortcuts(view, zone),
    t: () => chooseTheme(nextTheme(theme)),
    c: () => setOpen('custom'),
    '?': () => setOpen('help'),
    Escape: stepBack,
  });
  return (
    <>
      <a className="skip" href="#main">
        Skip to the figures
      </a>
      <Header view={view} theme={theme} onHelp={() => setOpen('help')} />
      <main id="main" tabIndex={-1}>
        <div className="title">
          <h1>{screen?.title ?? 'Not found'}</h1>
          <Controls view={view} zone={zone} onCustom={() => setOpen('custom')} />
        </div>
        <Suspense fallback={<Skeleton />}>
          {screen ? <screen.component view={view} zone={zone} /> : <NotFound view={view} />}
        </Suspense>
      </main>
      {open === 'help' && <Help onClose={() => setOpen(null)} />}
      {open === 'custom' && (
        <CustomPeriod
          zone={zone}
          onChoose={(period) => go({ ...withoutGranularity(view), period })}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

function viewShortcuts(view: View, zone: string): Record<string, () => void> {
  const granularities = granularitiesOf(view.period, Date.now());
  const current = view.granularity ?? defaultGranularity(view.period, Date.now());
  const otherZone = zone === 'UTC' ? localZone() : 'UTC';
  return {
    ...Object.fromEntries(
      PERIODS.map(({ key, value }) => [key, () => go({ ...withoutGranularity(view), period: { timeframe: value } })]),
    ),
    ...Object.fromEntries(METRICS.map((metric, index) => [`${index + 1}`, () => go({ ...view, metric })])),
    x: () => go({ ...view, compare: !view.compare }),
    g: () => {
      const next = granularities[(granularities.indexOf(current) + 1) % granularities.length];
      if (next) go({ ...view, granularity: next });
    },
    z: () => {
      chooseZone(otherZone);
      go({ ...view, timezone: otherZone });
    },
  };
}

function NotFound({ view }: { view: View }): ReactNode {
  return (
    <section className="panel empty">
      <p>There is no screen “{view.screen}”.</p>
      <button type="button" className="primary" onClick={() => go({ ...view, screen: '' })}>
        Go to the overview
      </button>
    </section>
  );
}
