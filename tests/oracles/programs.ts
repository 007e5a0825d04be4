import { spawn } from 'node:child_process';

/** How long a program may take for a batch of histories. */
const TIMEOUT_MS = 200_000;

/** Runs a program that must succeed without a complaint, and gives what it says. */
export function runQuietly(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: {
        PATH: process.env['PATH'],
        LC_ALL: 'C.UTF-8',
        HOME: '/nonexistent',
        PYTHONDONTWRITEBYTECODE: '1',
        BEANCOUNT_DISABLE_LOAD_CACHE: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });
    const said: Buffer[] = [];
    const complained: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => void said.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => void complained.push(chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const complaint = Buffer.concat(complained).toString().trim();
      if (code === 0 && complaint === '') resolve(Buffer.concat(said).toString());
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code ?? signal}: ${complaint.slice(0, 4_000)}`));
    });
  });
}

/** Minor units of a decimal that a tool printed; a digit too few or too many is a difference, never rounded. */
export function minorOf(decimal: string, exponent: number): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal.trim());
  if (match === null) throw new Error(`a tool printed ${JSON.stringify(decimal)} for an amount`);
  const [, sign = '', whole = '', decimals = ''] = match;
  if (/[1-9]/.test(decimals.slice(exponent))) throw new Error(`a tool printed ${decimal} with more than ${exponent} decimals`);
  const minor = BigInt(whole + decimals.slice(0, exponent).padEnd(exponent, '0'));
  return sign === '-' ? -minor : minor;
}
