/** One day of the local clock: its date, and when it begins and ends in ms since 1970. */
export interface Day {
  readonly date: string;
  readonly from: number;
  readonly to: number;
}

/** The day of that moment. Days are of 23 or 25 hours when the clock is put forward or back. */
export function dayOf(at: number): Day {
  const start = new Date(at);
  start.setHours(0, 0, 0, 0);
  const end = new Date(start);
  end.setDate(end.getDate() + 1);
  const [month, date] = [start.getMonth() + 1, start.getDate()].map((part) => String(part).padStart(2, '0'));
  return { date: `${start.getFullYear()}-${month}-${date}`, from: start.getTime(), to: end.getTime() };
}
