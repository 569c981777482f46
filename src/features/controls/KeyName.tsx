import { configKeys } from '../../i18n/areas/config-keys';
import { useText } from '../../i18n/use-text';
import { Term } from '../../ui/kit/Term';
import styles from './controls.module.css';

/** A configuration key by its own name, with what it does where there is something to say. */
export function KeyName({ name }: { readonly name: string }) {
  const { t } = useText(configKeys);
  const told = name in configKeys.texts;
  return (
    <code className={styles.keyName}>
      {told ? <Term definition={t(name as keyof typeof configKeys.texts)}>{name}</Term> : name}
    </code>
  );
}
