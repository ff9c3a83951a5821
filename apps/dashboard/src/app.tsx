/** The frame of every screen, or the sign-in. */
import { type ReactNode, type RefObject, Suspense, useEffect, useRef, useState } from 'react';
import { useSession } from './api/session';
import { useMe } from './api/use-me';
import { Ended } from './embed/ended';
import { Skeleton } from './overview/skeleton';
import { SCREENS, type Screen } from './screens';
import { refusalOf } from './shell/access';
import { CallState } from './shell/call-state';
import { Controls, withoutGranularity } from './shell/controls';
import { CustomPeriod } from './shell/custom-period';
import { Help } from './shell/help';
import { NoScreen } from './shell/no-screen';
import { PERIODS } from './shell/periods';
import { Rail } from './shell/rail';
import { ShareButton } from './share/share-button';
import { SignIn } from './shell/sign-in';
import { granularitiesOf, defaultGranularity } from './state/granularity';
import { chooseTheme, chooseZone, localZone, nextTheme, useTheme, useZone } from './state/preferences';
import { go, stepBack, useView } from './state/use-view';
import { METRICS, type View, nextCompare } from './state/view';
import { Toasts } from './ui/toast';
import { useShortcuts } from './ui/use-shortcuts';

export function App(): ReactNode {
  const { key, notice } = useSession();
  const { embed } = useView();
  const chosen = useTheme();
  const theme = embed ? (embed.theme ?? 'system') : chosen;
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  if (key !== null) return <Frame />;
  return embed ? <Ended notice={notice} /> : <SignIn notice={notice} />;
}

function Frame(): ReactNode {
  const view = useView();
  const theme = useTheme();
  const preferred = useZone();
  const zone = view.timezone ?? preferred;
  const [open, setOpen] = useState<'help' | 'custom' | null>(null);
  const screen = SCREENS.find(({ path }) => path === view.screen);
  const title = screen?.title ?? 'Not found';
  const heading = useFocusOn(`${view.screen} ${view.item ?? ''}`);
  useEffect(() => {
    document.title = `${title} · Meterhouse`;
  }, [title]);
  useShortcuts({
    ...(screen?.timeless ? {} : viewShortcuts(view, zone)),
    ...(screen?.timeless ? {} : { c: () => setOpen('custom') }),
    ...(view.embed ? {} : { t: () => chooseTheme(nextTheme(theme)) }),
    '?': () => setOpen('help'),
    Escape: stepBack,
  });
  return (
    <div className={view.embed ? 'frame embedded' : 'frame'}>
      {!view.embed && (
        <>
          <a className="skip" href="#main">
            Skip to the figures
          </a>
          <Rail view={view} theme={theme} onHelp={() => setOpen('help')} />
        </>
      )}
      <main id="main" tabIndex={-1}>
        <div className="title">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          <div className="controls">
            {screen && !screen.timeless && <Controls view={view} zone={zone} onCustom={() => setOpen('custom')} />}
            {screen && screen.group !== 'manage' && !screen.internal && !view.embed && (
              <ShareButton view={view} zone={zone} />
            )}
          </div>
        </div>
        {screen ? (
          <Opened screen={screen} view={view} zone={zone} />
        ) : (
          <NoScreen view={view} reason={`There is no screen “${view.screen}”.`} />
        )}
      </main>
      <Toasts />
      {open === 'help' && <Help onClose={() => setOpen(null)} />}
      {open === 'custom' && (
        <CustomPeriod
          period={view.period}
          zone={zone}
          onChoose={(period) => go({ ...withoutGranularity(view), period })}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

/** Focuses the heading after a change of what is shown, by which screen readers announce it; not on the first. */
function useFocusOn(screen: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(screen);
  useEffect(() => {
    if (shown.current === screen) return;
    shown.current = screen;
    heading.current?.focus();
    window.scrollTo(0, 0);
  }, [screen]);
  return heading;
}

/** The screen, or why the caller cannot use it. Screens of usage do not wait to hear who calls: nearly all may see them. */
function Opened({ screen, view, zone }: { screen: Screen; view: View; zone: string }): ReactNode {
  const me = useMe();
  const isForMost = screen.needs === undefined && screen.feature === undefined;
  if (!me.data && !isForMost) return me.error || me.failureReason ? <CallState query={me} /> : <Skeleton />;
  const reason = me.data ? refusalOf(screen, me.data) : null;
  if (reason !== null) return <NoScreen view={view} reason={reason} />;
  return (
    <Suspense fallback={<Skeleton />}>
      <screen.component view={view} zone={zone} />
    </Suspense>
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
    x: () => go(nextCompare(view)),
    l: () => go({ ...view, log: !view.log }),
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
