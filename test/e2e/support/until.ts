/** Waits for what comes about by itself, without sleeping longer than it takes. */

const STEP_MS = 50;

/** Answers when `check` passes. @throws what `check` threw last, when it has not passed in time */
export async function until(milliseconds: number, check: () => Promise<void>): Promise<void> {
  const end = Date.now() + milliseconds;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
}
