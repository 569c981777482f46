import { useEffect, useState } from 'react';
import { loadRules, type RuleText } from './engine-data';

type Rules = Readonly<Record<string, RuleText>>;

const NO_RULES: Rules = {};
let loading: Promise<Rules> | undefined;

/** The rules by id; empty until they are there. */
export function useRules(): Rules {
  const [rules, setRules] = useState<Rules>(NO_RULES);
  useEffect(() => {
    let current = true;
    loading ??= loadRules();
    void loading.then((all) => current && setRules(all));
    return () => {
      current = false;
    };
  }, []);
  return rules;
}
