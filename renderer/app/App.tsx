import { DirectionProvider, MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { queryClient } from '../api/query-client.ts';
import { language } from '../i18n/i18n.ts';
import { languages } from '../i18n/languages.ts';
import { router } from './router.tsx';
import { preloadPages } from './preload-pages.ts';
import { cssVariables, theme } from './theme.ts';

preloadPages(Object.values(router.routesById).map(({ options }) => options.component));

export function App() {
  return (
    <DirectionProvider initialDirection={languages[language()].dir}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <QueryClientProvider client={queryClient}>
          <ModalsProvider>
            <Notifications position="bottom-right" limit={4} className="notifications" />
            <RouterProvider router={router} />
          </ModalsProvider>
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}
