import { useState } from 'react';
import { formatRate, formatShort } from '../format/number';
import { MessageGlyph } from '../glyph/MessageGlyph';
import { Button } from '../kit/Button';
import { Code, RuleTag } from '../kit/Chip';
import { Dialog, Drawer } from '../kit/Dialog';
import { IconButton } from '../kit/IconButton';
import { Kbd } from '../kit/Kbd';
import { ContextMenu, Menu, type MenuEntry } from '../kit/Menu';
import { Banner, EmptyState } from '../kit/Notice';
import { NumberField } from '../kit/NumberField';
import { Popover } from '../kit/Popover';
import { RadioList } from '../kit/RadioList';
import { PropertyTable, Section } from '../kit/Section';
import { Segmented } from '../kit/Segmented';
import { Select } from '../kit/Select';
import { Slider } from '../kit/Slider';
import { Belief, Stamp } from '../kit/Stamp';
import { Switch } from '../kit/Switch';
import { TabPanel, Tabs } from '../kit/Tabs';
import { Term } from '../kit/Term';
import { VerdictChip } from '../kit/VerdictChip';
import { Charts } from './Charts';
import styles from './gallery.module.css';
import type { Say } from './say';

const RATES = [0.001, 0.01, 0.1, 1, 10, 100, 1000];

export function ControlsPage({ say }: { readonly say: Say }) {
  return (
    <div className={styles.columns} style={{ gridTemplateColumns: '236px 1fr 344px', gap: '16px 24px' }}>
      <SettingsPanel say={say} />
      <Middle say={say} />
      <InspectorPanel say={say} />
      <section className={`${styles.block} ${styles.wide}`}>
        <Charts say={say} />
      </section>
    </div>
  );
}

function SettingsPanel({ say }: { readonly say: Say }) {
  const [flush, setFlush] = useState<'ASYNC' | 'SYNC'>('ASYNC');
  const [rate, setRate] = useState(40);
  const [skew, setSkew] = useState(0.2);
  const [delay, setDelay] = useState(150);
  const [view, setView] = useState('truth');
  const [strategy, setStrategy] = useState('AllocateMessageQueueAveragely');
  const [still, setStill] = useState(false);
  const [motion, setMotion] = useState(true);
  return (
    <div className={styles.panel}>
      <Section title={say('Cluster', '集群')} aside="RocketMQ 5.3">
        <div className={styles.stack} style={{ gap: 4 }}>
          <Code>flushDiskType</Code>
          <Segmented
            label="flushDiskType"
            options={[
              { value: 'ASYNC', label: 'ASYNC' },
              { value: 'SYNC', label: 'SYNC' },
            ]}
            value={flush}
            onChange={setFlush}
            size="dense"
            mono
            fill
          />
          <Code>HA link delay</Code>
          <NumberField
            label={say('HA link delay', 'HA 链路延迟')}
            value={delay}
            onChange={setDelay}
            min={0}
            unit="ms"
            modified={delay !== 0.5}
          />
          <Code>allocateMessageQueueStrategy</Code>
          <Select
            label="allocateMessageQueueStrategy"
            options={[
              { value: 'AllocateMessageQueueAveragely', label: 'AllocateMessageQueueAveragely' },
              { value: 'AllocateMessageQueueConsistentHash', label: 'AllocateMessageQueueConsistentHash' },
            ]}
            value={strategy}
            onChange={setStrategy}
            size="dense"
            mono
          />
        </div>
      </Section>
      <Section title={say('Workload', '负载')} aside={say('2 producers', '2 个生产者')}>
        <div className={styles.setting}>
          <span>{say('rate', '速率')}</span>
          <Slider
            label={say('rate', '速率')}
            scale="log"
            min={1}
            max={10_000}
            value={rate}
            onChange={setRate}
            format={(value) => say(`${formatShort(value)} msg/s`, `${formatShort(value)} 条/s`)}
          />
          <span>{say(`${formatShort(rate)} msg/s`, `${formatShort(rate)} 条/s`)}</span>
        </div>
        <div className={styles.setting}>
          <span>{say('key skew', '键倾斜')}</span>
          <Slider
            label={say('key skew', '键倾斜')}
            min={0}
            max={2}
            step={0.1}
            value={skew}
            onChange={setSkew}
            format={(value) => `${formatShort(value)} zipf`}
          />
          <span>{formatShort(skew)} zipf</span>
        </div>
      </Section>
      <Section title={say('Faults', '故障')} aside={say('target broker-b master', '目标 broker-b 主')}>
        <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr 1fr', gap: 4 }}>
          <Button icon="power" size="tile" pressed>
            {say('Power loss', '断电')}
          </Button>
          <Button icon="kill" size="tile">
            kill -9
          </Button>
          <Button icon="stall" size="tile">
            {say('Pause 3 s', '暂停 3 s')}
          </Button>
          <Button icon="link-cut" size="tile">
            {say('Cut link', '切断链路')}
          </Button>
          <Button icon="link-slow" size="tile">
            {say('Slow link', '链路变慢')}
          </Button>
          <Button icon="disk" size="tile" disabled>
            {say('Disk full', '磁盘写满')}
          </Button>
        </div>
      </Section>
      <Section title={say('See the cluster as', '从谁的视角看')}>
        <RadioList
          label={say('See the cluster as', '从谁的视角看')}
          options={[
            { value: 'truth', label: say('it is', '真实状态') },
            { value: 'ns-1', label: say('ns-1 sees it', 'ns-1 所见') },
            { value: 'P1', label: say('P1 sees it', 'P1 所见') },
          ]}
          value={view}
          onChange={setView}
        />
      </Section>
      <Section title={say('Settings', '设置')}>
        <Switch label={say('Reduced motion', '减少动态')} checked={still} onChange={setStill} />
        <Switch label={say('Single-letter keys', '单字母按键')} checked={motion} onChange={setMotion} />
      </Section>
    </div>
  );
}

function Middle({ say }: { readonly say: Say }) {
  const [mode, setMode] = useState<'story' | 'clock'>('story');
  const [product, setProduct] = useState('rocketmq');
  const [rate, setRate] = useState(0.01);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState<{ x: number; y: number }>();
  const [drawer, setDrawer] = useState(false);
  const entries: MenuEntry[] = [
    { heading: 'broker-b' },
    { id: 'power', icon: 'power', label: say('Power loss', '断电'), hint: 'K', onSelect: () => {} },
    { id: 'kill', icon: 'kill', label: 'kill -9', hint: 'Shift K', onSelect: () => {} },
    'separator',
    {
      id: 'restart',
      icon: 'retry',
      label: say('Restart', '重启'),
      hint: 'R',
      disabled: true,
      onSelect: () => {},
    },
  ];
  return (
    <div className={styles.stack} style={{ alignContent: 'start', gap: 16 }}>
      <div className={styles.panel}>
        <Banner action={<Button size="dense">{say('Close', '关闭')}</Button>}>
          {say(
            'This link was made with model 3; you are on 4. Results may differ.',
            '此链接来自模型 3，当前为 4，结果可能不同。',
          )}
        </Banner>
        <div className={styles.row} style={{ padding: 12 }}>
          <IconButton
            icon="step-back"
            label={say('Step back', '后退一步')}
            shortcut={['←']}
            size="transport"
          />
          <IconButton
            icon="play"
            label={say('Play', '播放')}
            shortcut={['Space']}
            size="transport"
            variant="primary"
          />
          <IconButton icon="step" label={say('Step', '前进一步')} shortcut={['→']} size="transport" />
          <Segmented
            label={say('Pacing', '节奏')}
            variant="solid"
            size="transport"
            options={[
              { value: 'story', label: say('Story', '故事'), icon: 'story' },
              { value: 'clock', label: say('Clock', '时钟'), icon: 'time' },
            ]}
            value={mode}
            onChange={setMode}
          />
          <div style={{ width: 336, padding: '0 16px' }}>
            <Slider
              label={say('Speed', '速度')}
              scale="log"
              min={0.001}
              max={1000}
              value={rate}
              onChange={setRate}
              format={formatRate}
              ticks={RATES.map((value) => ({ value, label: formatRate(value) }))}
            />
          </div>
        </div>
      </div>
      <div className={styles.row}>
        <Segmented
          label={say('Product', '产品')}
          variant="solid"
          options={['RocketMQ', 'Kafka', 'RabbitMQ', 'ActiveMQ'].map((name) => ({
            value: name.toLowerCase(),
            label: name,
            disabled: name === 'ActiveMQ',
          }))}
          value={product}
          onChange={setProduct}
        />
        <Segmented
          label={say('Language', '语言')}
          options={[
            { value: 'en', label: 'EN' },
            { value: 'zh', label: '中文' },
          ]}
          value={say('en', 'zh')}
          onChange={() => {}}
        />
        <IconButton icon="theme" label={say('Light or dark', '浅色或深色')} />
        <IconButton icon="share" label={say('Share', '分享')} />
        <Button icon="present">{say('Present', '演示')}</Button>
        <Button variant="primary">{say('Run', '运行')}</Button>
        <Button variant="quiet">{say('Quiet', '次要')}</Button>
        <Button size="dense">{say('Restart', '重启')}</Button>
        <Button disabled>{say('Disabled', '不可用')}</Button>
      </div>
      <div className={styles.row}>
        <Menu label={say('Preset', '预设')} entries={entries}>
          <Button icon="down">{say('Menu', '菜单')}</Button>
        </Menu>
        <Button
          onContextMenu={(event) => {
            event.preventDefault();
            setAt({ x: event.clientX, y: event.clientY });
          }}
        >
          {say('Second button here', '在此点右键')}
        </Button>
        {at && <ContextMenu label="broker-b" entries={entries} at={at} />}
        <Popover trigger={<Button>{say('Popover', '弹出层')}</Button>} label={say('Popover', '弹出层')}>
          <p>
            {say('The page cache belongs to the kernel, not to the process.', '页缓存属于内核，不属于进程。')}
          </p>
        </Popover>
        <Button onClick={() => setOpen(true)}>{say('Dialog', '对话框')}</Button>
        <Button onClick={() => setDrawer(true)}>{say('Drawer', '抽屉')}</Button>
        <Stamp icon="power">{say('POWER LOST', '断电')}</Stamp>
        <Stamp>{say('PROCESS KILLED', '进程被杀')}</Stamp>
        <Belief leftShare={0.35}>{say('route 13.0 s old', '路由已 13.0 s')}</Belief>
        <RuleTag onClick={() => {}}>BR-12</RuleTag>
        <RuleTag>EN-4</RuleTag>
        <Kbd keys={['Shift', 'K']} />
      </div>
      <p style={{ fontSize: 13 }}>
        {say('ASYNC_FLUSH answers before the ', 'ASYNC_FLUSH 在')}
        <Term
          definition={say('Writing what is in the page cache to the disk.', '把页缓存里的内容写到磁盘上。')}
        >
          {say('flush', '刷盘')}
        </Term>
        {say('; the page cache can still be lost.', '之前就应答，页缓存仍可能丢失。')}
      </p>
      <div style={{ display: 'grid', gridTemplateColumns: '212px 212px 212px', gap: 12 }}>
        <VerdictChip
          icon="lost"
          label={say('acknowledged & lost', '已确认却丢失')}
          count={3}
          tone="lost"
          onClick={() => {}}
        />
        <VerdictChip
          icon="duplicate"
          label={say('duplicates', '重复')}
          count={0}
          tone="anom"
          onClick={() => {}}
        />
        <VerdictChip
          icon="order"
          label={say('order violations', '乱序')}
          count={12}
          tone="anom"
          onClick={() => {}}
        />
      </div>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={say('Replace the future?', '替换后面的事件？')}
        description={say('A new fault here replaces what lay ahead.', '在此加入新故障会替换后面的事件。')}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>{say('Keep it', '保留')}</Button>
            <Button variant="primary">{say('Replace', '替换')}</Button>
          </>
        }
      >
        {say('The old future is kept as one undo.', '旧的后续会保留一次撤销。')}
      </Dialog>
      <Drawer open={drawer} onOpenChange={setDrawer} title={say('Inspector', '检查器')} side="right">
        <EmptyState>{say('Select a node, a message or a verdict.', '点选节点、消息或结论。')}</EmptyState>
      </Drawer>
    </div>
  );
}

function InspectorPanel({ say }: { readonly say: Say }) {
  const [tab, setTab] = useState('storage');
  return (
    <div className={styles.panel}>
      <Tabs
        label={say('Inspector', '检查器')}
        tabs={[
          { value: 'node', label: say('Node', '节点') },
          { value: 'message', label: say('Message', '消息') },
          { value: 'why', label: say('Why?', '为什么？') },
          { value: 'storage', label: say('Storage', '存储') },
        ]}
        value={tab}
        onChange={setTab}
      >
        <TabPanel value="storage">
          <Section title="broker-b" aside={say('master', '主')}>
            <PropertyTable
              rows={[
                { name: 'flushDiskType', value: 'ASYNC_FLUSH', mono: true },
                { name: say('appended', '已追加'), value: '1,731,352 B' },
                { name: say('flushed', '已刷盘'), value: '1,718,108 B' },
                { name: say('not flushed', '未刷盘'), value: '13,244 B', strong: true },
              ]}
            />
          </Section>
        </TabPanel>
        <TabPanel value="why">
          <EmptyState action={<Button>{say('Look for a way', '去找一种')}</Button>}>
            {say(
              'Nothing was lost in this run. Look for a way to lose one?',
              '本次没有丢失。要找一种会丢的方式吗？',
            )}
          </EmptyState>
        </TabPanel>
      </Tabs>
      <EmptyState
        picture={
          <>
            <MessageGlyph state={{ mem: 'volatile' }} size={22} />
            <MessageGlyph state={{ mem: 'calm', disk: true, slave: true }} size={22} />
            <MessageGlyph state={{ lost: true }} size={22} />
          </>
        }
      >
        {say('Select a node, a message or a verdict.', '点选节点、消息或结论。')}
      </EmptyState>
    </div>
  );
}
