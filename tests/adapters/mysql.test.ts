import { describe } from 'vitest';

import { mysqlServer } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';
import { describeContracts } from './mysql-contract.ts';
import { describeCuts } from './mysql-cuts.ts';
import { describeConnections, describeLocks } from './mysql-locks.ts';
import { describeOpenings } from './mysql-openings.ts';
import { describeTables } from './mysql-tables.ts';

describe.runIf(isInstalled('mysql'))('MySQL', () => {
  describeContracts(mysqlServer);
  describeOpenings(mysqlServer);
  describeTables(mysqlServer);
  describeCuts(mysqlServer);
  describeConnections(mysqlServer);
  describeLocks(mysqlServer);
});
