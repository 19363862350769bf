import { useDirection } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { questionsReady } from '../components/ask.ts';
import { watchLeftovers } from './leftover-notices.ts';

/** Questions and messages that any part of the app may bring up. */
export function Overlays() {
  const { dir } = useDirection();
  useEffect(questionsReady, []);
  useEffect(watchLeftovers, []);
  return (
    <>
      <ModalsProvider>{null}</ModalsProvider>
      <Notifications position={dir === 'rtl' ? 'bottom-left' : 'bottom-right'} limit={4} className="notifications" />
    </>
  );
}
