/** Milliseconds of processor time that `work` took: unlike the clock, they do not grow where others use the machine, too. */
export async function cpuMsOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
