import { beforeAll, describe } from 'vitest';

import { mysqlServer, START_MS } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';
import { describeContracts } from './mysql-contract.ts';
import { describeCuts } from './mysql-cuts.ts';
import { describeConnections, describeLocks } from './mysql-locks.ts';
import { describeOpenings } from './mysql-openings.ts';
import { describeTables } from './mysql-tables.ts';

describe.runIf(isInstalled('mysql'))('MySQL', () => {
  beforeAll(() => mysqlServer(), START_MS);
  describeContracts(mysqlServer);
  describeOpenings(mysqlServer);
  describeTables(mysqlServer);
  describeCuts(mysqlServer);
  describeConnections(mysqlServer);
  describeLocks(mysqlServer);
});
