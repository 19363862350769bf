import { DirectionProvider, MantineProvider } from '@mantine/core';
import { DatesProvider, type DayOfWeek } from '@mantine/dates';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { languages } from '../../shared/domain/languages.ts';
import { queryClient } from '../api/query-client.ts';
import { questionsWanted } from '../components/ask.ts';
import { firstWeekday } from '../components/format.ts';
import { language } from '../i18n/i18n.ts';

import { firstPageShown } from './first-page.ts';
import { router } from './router.tsx';
import { preloadPages } from './preload-pages.ts';
import { cssVariables, makeTheme } from './theme.ts';

void preloadPages(Object.values(router.routesById).map(({ options }) => options.component));

/** Not part of the first page, so its code comes right behind it; what is said until then is kept. */
const Overlays = lazy(async () => {
  await Promise.race([firstPageShown, questionsWanted]);
  return { default: (await import('./Overlays.tsx')).Overlays };
});

export function App() {
  const [theme] = useState(makeTheme);
  return (
    <DirectionProvider initialDirection={languages[language()].dir}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <DatesProvider settings={{ locale: language(), firstDayOfWeek: firstWeekday() as DayOfWeek }}>
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={router} />
            <Suspense>
              <Overlays />
            </Suspense>
          </QueryClientProvider>
        </DatesProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}
