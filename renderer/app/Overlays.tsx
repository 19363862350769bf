import { useDirection } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { questionsReady } from '../components/ask.ts';

/** Questions and messages that any part of the app may bring up. */
export function Overlays() {
  const { dir } = useDirection();
  useEffect(questionsReady, []);
  return (
    <>
      <ModalsProvider>{null}</ModalsProvider>
      <Notifications position={dir === 'rtl' ? 'bottom-left' : 'bottom-right'} limit={4} className="notifications" />
    </>
  );
}
