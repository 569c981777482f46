import { useState } from 'react';
import { Button } from '../../ui/kit/Button';
import { Section } from '../../ui/kit/Section';
import { Select, type SelectOption } from '../../ui/kit/Select';
import { ConsumerWork, MoreOfConsumer } from './ConsumerWork';
import { useCalls } from './calls';
import styles from './controls.module.css';
import type { ControlsData } from './data';
import { Fold } from './Fold';
import { onProcess } from './model/requests';
import { MoreOfProducer, ProducerWork } from './ProducerWork';
import { useT } from './texts';

/** What the clients do, one producer and one consumer at a time: the selected ones, else the first. */
export function WorkloadSection({ data }: { readonly data: ControlsData }) {
  const t = useT();
  const { clients, consumerGroups } = data.view;
  const consumers = consumerGroups.flatMap((group) => group.consumers);
  const [producer, chooseProducer] = useChoice(clients, data.process);
  const [consumer, chooseConsumer] = useChoice(consumers, data.process);
  const producing = data.settings.processes.get(producer?.id ?? '');
  const consuming = data.settings.processes.get(consumer?.id ?? '');
  const produces = producer && producing?.role === 'producer' ? producing.spec : undefined;
  const consumes = consumer && consuming?.role === 'consumer' ? consuming.spec : undefined;
  return (
    <Section title={t('workload')} aside={t('producers', { count: clients.length })}>
      {producer && produces ? (
        <>
          <ClientHead
            label={t('whichProducer')}
            options={clients.map(({ id, topic }) => ({ value: id, label: id, hint: topic }))}
            client={producer}
            name={producer.id}
            onChoose={chooseProducer}
          />
          <ProducerWork view={producer} spec={produces} />
        </>
      ) : (
        <p className={styles.note}>{t('noProducer')}</p>
      )}
      {consumer && consumes ? (
        <>
          <ClientHead
            label={t('whichConsumer')}
            options={consumers.map(({ id, label, group }) => ({
              value: id,
              label: label === id ? id : `${label} ${id}`,
              hint: group,
            }))}
            client={consumer}
            name={consumer.label}
            onChoose={chooseConsumer}
          />
          <ConsumerWork spec={consumes} />
        </>
      ) : (
        <p className={styles.note}>{t('noConsumer')}</p>
      )}
      <Fold quiet title={t('more')} label={t('moreWork')}>
        {producer && produces && (
          <MoreOfProducer key={producer.id} data={data} view={producer} spec={produces} />
        )}
        {consumer && consumes && (
          <MoreOfConsumer key={consumer.id} data={data} view={consumer} spec={consumes} />
        )}
      </Fold>
    </Section>
  );
}

interface ClientHeadProps {
  readonly label: string;
  readonly options: readonly SelectOption<string>[];
  readonly client: { readonly id: string; readonly paused: boolean };
  readonly name: string;
  readonly onChoose: (id: string) => void;
}

/** Which client the lines below are about, and whether it works. */
function ClientHead({ label, options, client, name, onChoose }: ClientHeadProps) {
  const t = useT();
  const { act } = useCalls();
  const { id, paused } = client;
  return (
    <div className={styles.clientHead}>
      <Select
        label={label}
        options={options}
        value={id}
        onChange={onChoose}
        size="dense"
        className={styles.fill}
      />
      <Button
        size="dense"
        pressed={paused}
        aria-label={t(paused ? 'resumeOf' : 'pauseOf', { name })}
        onClick={() => act(onProcess(paused ? 'resume' : 'pause', id))}
      >
        {t(paused ? 'resumeWork' : 'pauseWork')}
      </Button>
    </div>
  );
}

/** One of several: what is selected on the graph, until another is chosen here. */
function useChoice<P extends { readonly id: string }>(
  all: readonly P[],
  selected: string | null,
): readonly [P | undefined, (id: string) => void] {
  const [choice, setChoice] = useState<{ readonly id: string; readonly whileSelected: string | null } | null>(
    null,
  );
  const wanted = choice !== null && choice.whileSelected === selected ? choice.id : selected;
  const found = all.find(({ id }) => id === wanted) ?? all.find(({ id }) => id === choice?.id) ?? all[0];
  return [found, (id) => setChoice({ id, whileSelected: selected })];
}
