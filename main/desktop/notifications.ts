import { Notification } from 'electron/main';
import type { Notice } from './notices.ts';

/** Tells a person something outside the window. @param open goes to the page that says more, when it is clicked */
export function createNotifications(icon: string, open: (path: string) => void): (notice: Notice) => void {
  // What nobody holds is collected, and its click with it.
  const shown = new Set<Notification>();
  return ({ title, body, path }) => {
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body, icon });
    shown.add(notification);
    notification.on('click', () => {
      shown.delete(notification);
      open(path);
    });
    notification.on('close', () => shown.delete(notification));
    notification.show();
  };
}
