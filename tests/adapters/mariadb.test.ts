import { describe } from 'vitest';

import { mariadbServer } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';
import { describeContracts } from './mysql-contract.ts';

describe.runIf(isInstalled('mariadb'))('MariaDB', () => {
  describeContracts(mariadbServer);
});
