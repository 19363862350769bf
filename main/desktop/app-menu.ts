import type { MenuItemConstructorOptions } from 'electron/main';
import type { Standing } from './standing.ts';
import type { Command } from './tray-menu.ts';

export interface MenuFacts {
  platform: NodeJS.Platform;
  isPackaged: boolean;
  profile: 'sandbox' | 'live';
  standing: Pick<Standing, 'phase' | 'isKilled'>;
}

/** The application's menu with its shortcuts. Pure. */
export function appMenu(
  { platform, isPackaged, profile, standing }: MenuFacts,
  run: (command: Command) => void,
): MenuItemConstructorOptions[] {
  const item = (label: string, command: Command, accelerator?: string): MenuItemConstructorOptions => ({
    id: command.do === 'open' ? `open:${command.path ?? ''}` : command.do,
    label,
    click: () => run(command),
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  const isWorking = standing.phase === 'working';
  const other = profile === 'sandbox' ? 'live' : 'sandbox';
  const switchProfile = item(
    other === 'live' ? 'Leave the sandbox, work with real accounts …' : 'Go to the sandbox …',
    { do: 'switch_profile', to: other },
  );
  const line: MenuItemConstructorOptions = { type: 'separator' };
  const quit = item('Quit AutoSocial AI', { do: 'quit' }, 'CmdOrCtrl+Q');
  const about = item('About AutoSocial AI', { do: 'about' });
  const mac: MenuItemConstructorOptions = {
    label: 'AutoSocial AI',
    submenu: [about, line, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }, line, quit],
  };
  return [
    ...(platform === 'darwin' ? [mac] : []),
    {
      label: '&File',
      submenu: [
        item('New post', { do: 'open', path: '/posts/new' }, 'CmdOrCtrl+N'),
        item('Settings', { do: 'open', path: '/settings' }, 'CmdOrCtrl+,'),
        line,
        switchProfile,
        { ...item('Save a copy of the key …', { do: 'save_key' }), enabled: isWorking },
        line,
        { role: 'close', label: 'Close window' },
        ...(platform === 'darwin' ? [] : [quit]),
      ],
    },
    { role: 'editMenu' },
    {
      label: '&Go',
      submenu: [
        item('Home', { do: 'open', path: '/' }, 'CmdOrCtrl+1'),
        item('Posts', { do: 'open', path: '/pipeline' }, 'CmdOrCtrl+2'),
        item('Review', { do: 'open', path: '/review' }, 'CmdOrCtrl+3'),
        item('Clients', { do: 'open', path: '/clients' }, 'CmdOrCtrl+4'),
        item('Activity', { do: 'open', path: '/activity' }, 'CmdOrCtrl+5'),
      ],
    },
    {
      label: '&Publishing',
      submenu: [
        {
          ...item('Stop everything now', { do: 'stop' }, 'CmdOrCtrl+Shift+K'),
          enabled: isWorking && !standing.isKilled,
        },
        { ...item('Resume publishing …', { do: 'resume' }), enabled: isWorking && standing.isKilled },
      ],
    },
    {
      label: '&View',
      submenu: [
        { role: 'reload' },
        line,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        line,
        { role: 'togglefullscreen' },
        ...(isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    {
      role: 'help',
      submenu: [item('Open the logs folder', { do: 'open_logs' }), ...(platform === 'darwin' ? [] : [about])],
    },
  ];
}
