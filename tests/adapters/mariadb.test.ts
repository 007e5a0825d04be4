import { beforeAll, describe } from 'vitest';

import { mariadbServer, START_MS } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';
import { describeContracts } from './mysql-contract.ts';
import { describeCuts } from './mysql-cuts.ts';
import { describeConnections, describeLocks } from './mysql-locks.ts';
import { describeOpenings } from './mysql-openings.ts';
import { describeTables } from './mysql-tables.ts';

describe.runIf(isInstalled('mariadb'))('MariaDB', () => {
  beforeAll(() => mariadbServer(), START_MS);
  describeContracts(mariadbServer);
  describeOpenings(mariadbServer);
  describeTables(mariadbServer);
  describeCuts(mariadbServer);
  describeConnections(mariadbServer);
  describeLocks(mariadbServer);
});
