import { useCallback, useEffect, useState } from 'react';
import { type Schema, sentenceOf } from './api.ts';
import { useConnection } from './portalContext.ts';
import { readSetting, saveSetting } from './settingsApi.ts';

interface Setting<T> {
  /** Undefined until the hub has told. */
  value: T | undefined;
  /** Why it could not be read. */
  problem: string | undefined;
  /** Rejects with the refusal; what is shown stays then. */
  save(value: T & object): Promise<void>;
}

/** A setting of the whole hub, read once. `schema` lives outside of the component. */
export function useSetting<T>(path: string, schema: Schema<T>): Setting<T> {
  const { api } = useConnection();
  const [value, setValue] = useState<T>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let isHere = true;
    readSetting(api, path, schema).then(
      (read) => isHere && setValue(read),
      (error: unknown) => isHere && setProblem(sentenceOf(error)),
    );
    return () => {
      isHere = false;
    };
  }, [api, path, schema]);
  const save = useCallback(
    async (next: T & object) => {
      await saveSetting(api, path, next);
      setValue(next);
    },
    [api, path],
  );
  return { value, problem, save };
}
