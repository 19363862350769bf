// Names of months and days for the calendars.
import 'dayjs/locale/ar';
import app from './app.json';
import common from './common.json';
import home from './home.json';
import control from './control.json';
import clients from './clients.json';
import brand from './brand.json';
import rules from './rules.json';
import accounts from './accounts.json';
import media from './media.json';
import posts from './posts.json';
import post from './post.json';
import composer from './composer.json';
import review from './review.json';
import calendar from './calendar.json';
import commands from './commands.json';
import insights from './insights.json';
import activity from './activity.json';
import settings from './settings.json';
import tour from './tour.json';

/** Every word of the dashboard, by feature. */
export const words = {
  app,
  common,
  home,
  control,
  clients,
  brand,
  rules,
  accounts,
  media,
  posts,
  post,
  composer,
  review,
  calendar,
  commands,
  insights,
  activity,
  settings,
  tour,
};

/** What the core says, by its English. */
export { default as sentences } from './server.json';
