import { newPassword, userName } from '@porthole/protocol';
import { texts } from './texts.ts';

export interface Account {
  code: string;
  username: string;
  password: string;
}

/** What is wrong with each field of the first account, as sentences; an empty object when nothing is. */
export function checkAccount({ code, username, password }: Account): Partial<Account> {
  const problems: Partial<Account> = {};
  if (code.trim() === '') problems.code = texts.setUp.problem.code;
  if (!userName.safeParse(username).success) problems.username = texts.setUp.problem.username;
  if (!newPassword.safeParse(password).success) problems.password = texts.setUp.problem.password;
  return problems;
}
