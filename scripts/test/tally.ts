/** What came of one `npm test`. */
export class Tally {
  #passed = 0;
  #failed = 0;

  get failed(): number {
    return this.#failed;
  }

  pass(): void {
    this.#passed += 1;
  }

  /** Counts a failure and shows it at once: what failed, then why, indented. */
  fail(name: string, why: string): void {
    this.#failed += 1;
    const indented = why.trim().split('\n').join('\n    ');
    process.stdout.write(`✖ ${name}\n    ${indented}\n\n`);
  }

  /** The last line of a run. */
  toString(): string {
    return `${this.#passed} passed, ${this.#failed} failed`;
  }
}
