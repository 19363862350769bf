import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { preventable } from './preventable.ts';
import { type PartOf, strictClass } from './strict.ts';

const shown: Note[] = [];

class Note extends EventEmitter implements PartOf<Electron.Notification> {
  title: string;
  body: string;
  silent: boolean;
  isShown = false;

  static isSupported(): boolean {
    return true;
  }

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    this.title = options.title ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
  }

  show(): void {
    this.isShown = true;
    shown.push(this);
    this.emit('show');
  }

  close(): void {
    this.isShown = false;
    this.emit('close');
  }
}

/** What was shown so far, oldest first. */
export function shownNotifications(): { title: string; body: string }[] {
  return shown.map(({ title, body }) => ({ title, body }));
}

/** As a person's click. @param index of {@link shownNotifications} */
export function clickNotification(index: number): void {
  const note = shown[index];
  if (note === undefined) throw new Error(`There is no notification ${index}.`);
  note.emit('click', preventable());
}

export const Notification = strictClass<typeof Electron.Notification>('Notification', Note);
