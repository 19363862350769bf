import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';

/*
 * Loaded into a host before it starts: makes it believe that it runs on the computer that the environment names, as
 * two hosts would that reach one data folder over a network.
 */

os.hostname = () => process.env.TEST_COMPUTER ?? 'computer';
syncBuiltinESMExports();
