import type { Page } from 'playwright';
import type { SeenItem } from './main/menu.ts';

export interface DesktopOptions {
  dataDir: string;
  /** Of the app's process, besides PATH, HOME and the data folder. */
  env?: Record<string, string>;
  /** Behind the program's own name. */
  argv?: string[];
  /** Links that macOS brings before the app is ready. */
  openUrls?: string[];
  /** The bundle; the built app when nothing is said. */
  entry?: string;
  /** What the app writes when it works; by default the ready line of the product. */
  readyLine?: RegExp;
}

export interface Clickable {
  click(): Promise<void>;
}

/**
 * The desktop app as a person and the operating system meet it. The stand-in can do all of it; what real Electron
 * offers no hold for throws there and is named in `real.ts`.
 */
export interface Desktop {
  kind: 'stand-in' | 'electron';
  /** The page in the window; another one after the app has put a crashed one aside. */
  readonly page: Page;
  /** The page, as soon as there is a window. */
  untilPage(): Promise<Page>;
  /** Errors that pages wrote to their console so far. */
  errors: string[];
  /** Everything the app wrote to both outputs. */
  output(): string;

  tray: {
    toolTip(): Promise<string>;
    /** The file of the icon. */
    icon(): Promise<string>;
    items(): Promise<SeenItem[]>;
    /** An item by id or label. */
    menu(name: string): Clickable;
  } & Clickable;
  /** The application's menu. */
  menu: { items(): Promise<SeenItem[]>; item(name: string): Clickable };
  power: Record<'suspend' | 'resume' | 'shutdown', () => Promise<void>>;
  window: {
    isVisible(): Promise<boolean>;
    /** As a click on its cross. */
    close(): Promise<void>;
    count(): Promise<number>;
    /** Where the app thinks the page is. */
    url(): Promise<string>;
  };
  /** As a click on its icon in the dock. */
  activate(): Promise<void>;
  /** A link as macOS brings it. */
  openUrl(url: string): Promise<void>;
  /** Starts the app a second time over the same data. @returns the code it ends with */
  secondInstance(argv: string[]): Promise<number | null>;
  notifications(): Promise<({ title: string; body: string } & Clickable)[]>;
  /** Addresses that were given to the person's browser. */
  externals(): Promise<string[]>;
  /** What dialogs said, oldest first. */
  dialogs(): Promise<{ kind: string; message: string; detail?: string }[]>;
  /** The button that is pressed in the next dialog, counted from 0. */
  answerDialog(button: number): Promise<void>;
  crashPage(): Promise<void>;
  /** Asks the page handler below `app://bundle` as a page of the app does. */
  request(method: string, path: string, body?: unknown): Promise<{ status: number; headers: Headers; text: string }>;

  /** As a choice of Quit in the dock or by the system. @returns the code it ended with */
  quit(): Promise<number | null>;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
  /** The code it ends with; null after a signal. */
  ended: Promise<number | null>;
}
