const [NEWLINE, RETURN, TILDE, DOT] = [0x0a, 0x0d, 0x7e, 0x2e];

/** What of the keys goes on to the session, and whether the person wants to leave it. */
export interface Keys {
  pass: Uint8Array;
  leaves: boolean;
}

/** `~.` at the beginning of a line leaves, `~~` there is one tilde, as people know it from ssh. */
export class EscapeKeys {
  #isAtBegin = true;
  #holdsTilde = false;

  read(bytes: Uint8Array): Keys {
    const pass: number[] = [];
    for (const byte of bytes) {
      if (this.#holdsTilde) {
        this.#holdsTilde = false;
        if (byte === DOT) return { pass: Uint8Array.from(pass), leaves: true };
        if (byte !== TILDE) pass.push(TILDE);
      } else if (byte === TILDE && this.#isAtBegin) {
        this.#holdsTilde = true;
        continue;
      }
      pass.push(byte);
      this.#isAtBegin = byte === RETURN || byte === NEWLINE;
    }
    return { pass: Uint8Array.from(pass), leaves: false };
  }
}
