import { describe } from 'vitest';

import { mysqlServer } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';
import { describeContracts } from './mysql-contract.ts';

describe.runIf(isInstalled('mysql'))('MySQL', () => {
  describeContracts(mysqlServer);
});
