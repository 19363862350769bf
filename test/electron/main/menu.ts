import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { preventable } from './preventable.ts';
import { type PartOf, strict, strictClass } from './strict.ts';

const types = ['normal', 'separator', 'submenu', 'checkbox', 'radio', 'header', 'palette'];
/** What Electron writes on an item that has a role and no label. */
const roleLabels: Record<string, string> = {
  quit: 'Quit',
  about: 'About',
  copy: 'Copy',
  paste: 'Paste',
  reload: 'Reload',
};

let lastCommand = 0;

export class Item implements PartOf<Electron.MenuItem> {
  id: string;
  label: string;
  type: Electron.MenuItem['type'];
  role: Electron.MenuItem['role'];
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  accelerator: string;
  submenu?: Electron.Menu;
  commandId: number;
  onClick: NonNullable<Electron.MenuItemConstructorOptions['click']>;

  constructor(options: Electron.MenuItemConstructorOptions) {
    const { submenu, role } = options;
    this.id = options.id ?? '';
    this.label = options.label ?? roleLabels[role ?? ''] ?? '';
    this.type = options.type ?? (submenu === undefined ? 'normal' : 'submenu');
    if (!types.includes(this.type)) throw new Error(`Unknown menu item type: ${this.type}`);
    if (this.type === 'submenu' && submenu === undefined) throw new Error('Invalid submenu');
    this.role = role as Electron.MenuItem['role'];
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.accelerator = options.accelerator as string;
    if (submenu !== undefined) this.submenu = Array.isArray(submenu) ? buildFromTemplate(submenu) : submenu;
    this.commandId = lastCommand += 1;
    this.onClick = options.click ?? (() => undefined);
  }

  /** As a person's click. */
  click = (): void => {
    if (this.type === 'checkbox') this.checked = !this.checked;
    this.onClick(strict('MenuItem', this), undefined, preventable() as unknown as Electron.KeyboardEvent);
  };
}

export class MenuList extends EventEmitter implements PartOf<Electron.Menu> {
  items: Electron.MenuItem[] = [];

  static buildFromTemplate(template: (Electron.MenuItemConstructorOptions | Electron.MenuItem)[]): Electron.Menu {
    return buildFromTemplate(template);
  }

  static setApplicationMenu(menu: Electron.Menu | null): void {
    applicationMenu = menu;
  }

  static getApplicationMenu(): Electron.Menu | null {
    return applicationMenu;
  }

  append(item: Electron.MenuItem): void {
    this.items.push(item);
  }

  getMenuItemById(id: string): Electron.MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : (item.submenu?.getMenuItemById(id) ?? null);
      if (found !== null) return found;
    }
    return null;
  }

  popup(): void {}
}

let applicationMenu: Electron.Menu | null = null;

function buildFromTemplate(template: (Electron.MenuItemConstructorOptions | Electron.MenuItem)[]): Electron.Menu {
  if (!Array.isArray(template)) throw new TypeError('Invalid template for Menu: Menu template must be an array');
  const menu = new MenuList();
  for (const options of template) {
    if (options.label === undefined && options.role === undefined && options.type === undefined) {
      throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type');
    }
    menu.append(strict('MenuItem', new Item(options as Electron.MenuItemConstructorOptions)));
  }
  return strict('Menu', menu);
}

/** An item of a menu as it stood when it was given to the system. */
export interface SeenItem {
  id: string;
  label: string;
  type: string;
  role: string | null;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  accelerator: string | null;
  submenu: SeenItem[];
}

export function seen(menu: Electron.Menu | null): SeenItem[] {
  return (menu?.items ?? []).map((item) => ({
    id: item.id,
    label: item.label,
    type: item.type,
    role: item.role ?? null,
    enabled: item.enabled,
    visible: item.visible,
    checked: item.checked,
    accelerator: item.accelerator ?? null,
    submenu: seen(item.submenu ?? null),
  }));
}

/**
 * Clicks an item as a person does, who sees and reaches only what the menu shows.
 * @param name its id or its label
 * @throws Error when there is none, or when it cannot be clicked
 */
export function click(menu: Electron.Menu | null, name: string): void {
  const found = find(menu?.items ?? [], name);
  if (found === undefined) throw new Error(`The menu has no item "${name}".`);
  if (!found.enabled || !found.visible) throw new Error(`The item "${name}" cannot be clicked.`);
  found.click();
}

function find(items: readonly Electron.MenuItem[], name: string): Electron.MenuItem | undefined {
  for (const item of items) {
    const found = item.id === name || item.label === name ? item : find(item.submenu?.items ?? [], name);
    if (found !== undefined) return found;
  }
  return undefined;
}

export const Menu = strictClass<typeof Electron.Menu>('Menu', MenuList);
export const MenuItem = strictClass<typeof Electron.MenuItem>('MenuItem', Item);
