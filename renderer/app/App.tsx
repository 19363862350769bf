import { DirectionProvider, MantineProvider } from '@mantine/core';
import { DatesProvider, type DayOfWeek } from '@mantine/dates';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { queryClient } from '../api/query-client.ts';
import { firstWeekday } from '../components/format.ts';
import { language } from '../i18n/i18n.ts';
import { languages } from '../i18n/languages.ts';
import { router } from './router.tsx';
import { preloadPages } from './preload-pages.ts';
import { cssVariables, makeTheme } from './theme.ts';

preloadPages(Object.values(router.routesById).map(({ options }) => options.component));

export function App() {
  const [theme] = useState(makeTheme);
  return (
    <DirectionProvider initialDirection={languages[language()].dir}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <DatesProvider settings={{ locale: language(), firstDayOfWeek: firstWeekday() as DayOfWeek }}>
          <QueryClientProvider client={queryClient}>
            <ModalsProvider>
              <Notifications
                position={languages[language()].dir === 'rtl' ? 'bottom-left' : 'bottom-right'}
                limit={4}
                className="notifications"
              />
              <RouterProvider router={router} />
            </ModalsProvider>
          </QueryClientProvider>
        </DatesProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}
