/** What this thread has worked so far. Unlike the clock it does not count what other processes take of the machine. */
export function workedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
