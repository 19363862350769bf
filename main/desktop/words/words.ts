import type { Language } from '../../../shared/domain/languages.ts';

/** What is told of by the kind of its entry in the log. */
export type ToldKind =
  | 'post.failed'
  | 'comment.failed'
  | 'post.held'
  | 'post.mismatch'
  | 'post.at_risk'
  | 'account.reconnect'
  | 'account.expiring'
  | 'generation.failed'
  | 'budget.near'
  | 'budget.used_up'
  | 'summary.weekly';

/** A question or a fault, and what one can answer. */
interface Said {
  message: string;
  detail: string;
}

/** Everything that the desktop app says outside the dashboard, in one language. */
export interface Words {
  language: Language;
  /** For dates; digits are those of Latin in every language. */
  locale: string;
  /** Entries of the application's menu; `&` stands before the letter that opens it. */
  menu: {
    file: string;
    newPost: string;
    settings: string;
    toLive: string;
    toSandbox: string;
    saveKey: string;
    closeWindow: string;
    quit: string;
    about: string;
    hide: string;
    hideOthers: string;
    unhide: string;
    edit: string;
    undo: string;
    redo: string;
    cut: string;
    copy: string;
    paste: string;
    pasteAndMatchStyle: string;
    delete: string;
    selectAll: string;
    go: string;
    home: string;
    posts: string;
    review: string;
    clients: string;
    activity: string;
    publishing: string;
    stop: string;
    resume: string;
    view: string;
    reload: string;
    actualSize: string;
    zoomIn: string;
    zoomOut: string;
    fullScreen: string;
    developerTools: string;
    help: string;
    openLogs: string;
  };
  tray: {
    open: string;
    seeWhatNeedsYou: string;
    review: (posts: number) => string;
    keepAwake: string;
    startAtLogin: string;
    update: (version: string) => string;
  };
  /** How the app stands, in one line. */
  standing: {
    starting: string;
    finishing: (posts: number) => string;
    quitting: string;
    rescue: string;
    locked: string;
    failed: string;
    stopped: string;
    nothingIsSent: (why: string) => string;
    offline: string;
    needsYou: (things: number) => string;
    publishing: (posts: number) => string;
    inOrder: string;
  };
  next: {
    nothing: string;
    now: string;
    today: (time: string) => string;
    tomorrow: (time: string) => string;
    later: (day: string, time: string) => string;
  };
  notices: {
    titles: Record<ToldKind, string>;
    together: (things: number) => string;
    finishing: string;
    thenQuits: string;
    goesOn: string;
    waitsInTray: string;
  };
  dialogs: {
    cancel: string;
    resume: Said & { resume: string };
    toLive: Said;
    toSandbox: Said;
    restart: string;
    saveKey: Said & { save: string };
    hang: Said & { wait: string; reload: string };
    stopNotWritten: string;
    resumeFailed: string;
    keyNotWritten: (file: string) => string;
  };
  /** Noted as the reason why everything was stopped. */
  reasons: { desktop: string; plainPage: string };
  pages: {
    starting: string;
    oneMoment: string;
    isStarting: string;
    cannotStart: string;
    inBrowser: string;
    inBrowserText: string;
    back: string;
    backToApp: string;
    loginDone: string;
    nothingHere: string;
    beginInApp: string;
    crashing: string;
    goesOn: string;
    youStopped: string;
    stopped: string;
    sending: string;
    resume: string;
    tryAgain: string;
  };
}
