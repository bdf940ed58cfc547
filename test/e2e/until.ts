const LOOK_EVERY_MS = 50

/** Waits until something holds that no page can be asked to wait for. */
export async function until(holds: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  const end = Date.now() + withinMs
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it never came to that')
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}
