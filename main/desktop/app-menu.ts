import type { MenuItemConstructorOptions } from 'electron/main';
import type { Standing } from './standing.ts';
import type { Command } from './tray-menu.ts';
import type { Words } from './words/index.ts';

export interface MenuFacts {
  platform: NodeJS.Platform;
  isPackaged: boolean;
  profile: 'sandbox' | 'live';
  standing: Pick<Standing, 'phase' | 'isKilled'>;
  words: Pick<Words, 'menu'>;
}

const line: MenuItemConstructorOptions = { type: 'separator' };

/** The application's menu with its shortcuts. Pure. */
export function appMenu(
  { platform, isPackaged, profile, standing, words: { menu } }: MenuFacts,
  run: (command: Command) => void,
): MenuItemConstructorOptions[] {
  const item = (label: string, command: Command, accelerator?: string): MenuItemConstructorOptions => ({
    id: command.do === 'open' ? `open:${command.path ?? ''}` : command.do,
    label,
    click: () => run(command),
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  const isMac = platform === 'darwin';
  const isWorking = standing.phase === 'working';
  const other = profile === 'sandbox' ? 'live' : 'sandbox';
  const switchProfile = item(other === 'live' ? menu.toLive : menu.toSandbox, { do: 'switch_profile', to: other });
  const quit = item(menu.quit, { do: 'quit' }, 'CmdOrCtrl+Q');
  const about = item(menu.about, { do: 'about' });
  const mac: MenuItemConstructorOptions = {
    label: 'AutoSocial AI',
    submenu: [
      about,
      line,
      { role: 'hide', label: menu.hide },
      { role: 'hideOthers', label: menu.hideOthers },
      { role: 'unhide', label: menu.unhide },
      line,
      quit,
    ],
  };
  return [
    ...(isMac ? [mac] : []),
    {
      label: menu.file,
      submenu: [
        item(menu.newPost, { do: 'open', path: '/posts/new' }, 'CmdOrCtrl+N'),
        item(menu.settings, { do: 'open', path: '/settings' }, 'CmdOrCtrl+,'),
        line,
        switchProfile,
        { ...item(menu.saveKey, { do: 'save_key' }), enabled: isWorking },
        line,
        { role: 'close', label: menu.closeWindow },
        ...(isMac ? [] : [quit]),
      ],
    },
    editMenu(menu, isMac),
    {
      label: menu.go,
      submenu: [
        item(menu.home, { do: 'open', path: '/' }, 'CmdOrCtrl+1'),
        item(menu.posts, { do: 'open', path: '/pipeline' }, 'CmdOrCtrl+2'),
        item(menu.review, { do: 'open', path: '/review' }, 'CmdOrCtrl+3'),
        item(menu.clients, { do: 'open', path: '/clients' }, 'CmdOrCtrl+4'),
        item(menu.activity, { do: 'open', path: '/activity' }, 'CmdOrCtrl+5'),
      ],
    },
    {
      label: menu.publishing,
      submenu: [
        { ...item(menu.stop, { do: 'stop' }, 'CmdOrCtrl+Shift+K'), enabled: isWorking && !standing.isKilled },
        { ...item(menu.resume, { do: 'resume' }), enabled: isWorking && standing.isKilled },
      ],
    },
    viewMenu(menu, isPackaged),
    {
      role: 'help',
      label: menu.help,
      submenu: [item(menu.openLogs, { do: 'open_logs' }), ...(isMac ? [] : [about])],
    },
  ];
}

/** Electron's own menu of this role, which it has in English only. */
function editMenu(menu: Words['menu'], isMac: boolean): MenuItemConstructorOptions {
  return {
    label: menu.edit,
    submenu: [
      { role: 'undo', label: menu.undo },
      { role: 'redo', label: menu.redo },
      line,
      { role: 'cut', label: menu.cut },
      { role: 'copy', label: menu.copy },
      { role: 'paste', label: menu.paste },
      ...(isMac ? [{ role: 'pasteAndMatchStyle', label: menu.pasteAndMatchStyle } as const] : []),
      { role: 'delete', label: menu.delete },
      line,
      { role: 'selectAll', label: menu.selectAll },
    ],
  };
}

function viewMenu(menu: Words['menu'], isPackaged: boolean): MenuItemConstructorOptions {
  return {
    label: menu.view,
    submenu: [
      { role: 'reload', label: menu.reload },
      line,
      { role: 'resetZoom', label: menu.actualSize },
      { role: 'zoomIn', label: menu.zoomIn },
      { role: 'zoomOut', label: menu.zoomOut },
      line,
      { role: 'togglefullscreen', label: menu.fullScreen },
      ...(isPackaged ? [] : [{ role: 'toggleDevTools', label: menu.developerTools } as const]),
    ],
  };
}
