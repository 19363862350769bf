// Names of months and days for the calendars.
import 'dayjs/locale/fr';
import app from './app.json';
import common from './common.json';
import home from './home.json';
import control from './control.json';

/** What the frame and Home say. */
export const words = { app, common, home, control };

/** What the core says, by its English. */
export { default as sentences } from '../../../../shared/sentences/fr.json';
