import { useDirection } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';

/** Questions and messages that any part of the app may bring up. */
export function Overlays() {
  const { dir } = useDirection();
  return (
    <>
      <ModalsProvider>{null}</ModalsProvider>
      <Notifications position={dir === 'rtl' ? 'bottom-left' : 'bottom-right'} limit={4} className="notifications" />
    </>
  );
}
