import { area } from '../area';

/** A run as a link. */
export const share = area('share', {
  title: { en: 'Share this run', zh: '分享这次运行' },
  link: { en: 'Link', zh: '链接' },
  copied: { en: 'Link copied', zh: '已复制链接' },
  length: { en: { one: '{{count}} character', other: '{{count}} characters' }, zh: '{{count}} 个字符' },
  holds: { en: 'It holds', zh: '其中包含' },
  scenario: { en: 'the scenario “{{title}}”', zh: '场景“{{title}}”' },
  seed: { en: 'seed {{seed}}', zh: '种子 {{seed}}' },
  actions: { en: { one: '{{count}} action', other: '{{count}} actions' }, zh: '{{count}} 个操作' },
  moment: { en: 'the moment {{time}}, event {{step}}', zh: '时刻 {{time}}，事件 {{step}}' },
  sameRun: {
    en: 'Whoever opens it sees the same run, event by event. Nothing is uploaded.',
    zh: '打开链接的人会看到逐个事件完全相同的运行。不会上传任何内容。',
  },
  tooLong: {
    en: 'This run is too long for a link. Download it as a file: it holds the same.',
    zh: '这次运行太长，放不进链接。可下载为文件，内容相同。',
  },
  making: { en: 'Making the link', zh: '正在生成链接' },
  differs: {
    en: 'The run is not the one that was shared: its trace differs. Link made with model {{made}}, this is {{now}}.',
    zh: '这次运行与分享时不同：轨迹不一致。链接来自模型 {{made}}，当前为 {{now}}。',
  },
});
