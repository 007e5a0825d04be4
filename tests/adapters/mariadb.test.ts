import { describe } from 'vitest';

import { mariadbServer } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';
import { describeContracts } from './mysql-contract.ts';
import { describeOpenings } from './mysql-openings.ts';
import { describeTroubles } from './mysql-troubles.ts';

describe.runIf(isInstalled('mariadb'))('MariaDB', () => {
  describeContracts(mariadbServer);
  describeOpenings(mariadbServer);
  describeTroubles(mariadbServer);
});
