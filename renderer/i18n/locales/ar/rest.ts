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

/** What every other page says, by feature. */
export const words = {
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
