import { describe } from 'vitest';

import { mysqlServer } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';
import { describeContracts } from './mysql-contract.ts';
import { describeOpenings } from './mysql-openings.ts';
import { describeTroubles } from './mysql-troubles.ts';

describe.runIf(isInstalled('mysql'))('MySQL', () => {
  describeContracts(mysqlServer);
  describeOpenings(mysqlServer);
  describeTroubles(mysqlServer);
});
