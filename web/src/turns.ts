/** Work in turns: one thing is done at a time, and of all that came meanwhile only the last is done then. */
export class Turns {
  #doing: Promise<unknown> | undefined;

  /** Do this once what is being done is over, unless it has been stopped by then. */
  async take<T>(work: () => Promise<T>, stop: AbortSignal): Promise<T | undefined> {
    while (this.#doing && !stop.aborted) await this.#doing;
    if (stop.aborted) return undefined;
    const doing = work();
    const over = doing.then(() => undefined, () => undefined).then(() => {
      if (this.#doing === over) this.#doing = undefined;
    });
    this.#doing = over;
    return doing;
  }
}
