/**
 * Does work every so often while it is started, never twice at once. Work that fails is done again at the next turn.
 * @example new Poll(() => this.readChanges(), 500, (error) => this.logger.error(reasonOf(error)), () => undefined)
 */
export class Poll {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private fails = false;
  private stopped = false;

  /**
   * @param intervalMs from the start of one turn to that of the next
   * @param failed is called when work fails that did not the turn before
   * @param recovered when it succeeds again
   */
  constructor(
    private readonly work: () => Promise<void>,
    private readonly intervalMs: number,
    private readonly failed: (error: unknown) => void,
    private readonly recovered: () => void,
  ) {}

  /** Does not keep the process alive. */
  start(): void {
    this.stopped = false;
    this.timer = setInterval(() => void this.begin(), this.intervalMs);
    this.timer.unref();
  }

  /** Does the work once more now, behind what runs. Never rejects. */
  async now(): Promise<void> {
    await this.running;
    await this.begin();
  }

  /** Resolves when no work runs any more. A failure of what still runs is not told: nothing is tried again. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  private begin(): Promise<void> {
    return (this.running ??= this.turn().finally(() => {
      this.running = undefined;
    }));
  }

  private async turn(): Promise<void> {
    try {
      await this.work();
      if (this.fails) this.recovered();
      this.fails = false;
    } catch (error) {
      if (!this.fails && !this.stopped) this.failed(error);
      this.fails = true;
    }
  }
}
