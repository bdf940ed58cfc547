/** Milliseconds of work that this process has done: other programs on the machine do not count. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
