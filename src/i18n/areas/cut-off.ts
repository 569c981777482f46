import { area } from '../area';

/** What a replica has cut off its log. */
export const cutOff = area('cut-off', {
  cutOfEpoch: {
    en: {
      one: '{{count}} message of epoch {{epoch}} cut off, {{bytes}} bytes.',
      other: '{{count}} messages of epoch {{epoch}} cut off, {{bytes}} bytes.',
    },
    zh: '截断 epoch {{epoch}} 的 {{count}} 条消息，共 {{bytes}} 字节。',
  },
  cutOfTerm: {
    en: {
      one: '{{count}} entry of term {{epoch}} cut off, {{bytes}} bytes.',
      other: '{{count}} entries of term {{epoch}} cut off, {{bytes}} bytes.',
    },
    zh: '截断第 {{epoch}} 任期的 {{count}} 条日志，共 {{bytes}} 字节。',
  },
  cutNotShared: {
    en: 'The new master’s log does not have them.',
    zh: '新主节点的日志里没有它们。',
  },
  cutNoMajority: { en: 'No majority ever had them.', zh: '它们从未得到多数派确认。' },
  cutHasLost: {
    en: {
      one: '{{count}} of them was acknowledged and is lost: pick a crossed one to see why.',
      other: '{{count}} of them were acknowledged and are lost: pick a crossed one to see why.',
    },
    zh: '其中 {{count}} 条已确认，现已丢失：点选打叉的一条，可查看原因。',
  },
  cutHarmless: {
    en: 'No acknowledged message is lost with them.',
    zh: '没有已确认的消息随之丢失。',
  },
  cutLost: {
    en: 'Cut off {{position}} of {{count}}, lost',
    zh: '被截断的第 {{position}} 条（共 {{count}}），丢失',
  },
  cutNotLost: { en: 'Cut off {{position}} of {{count}}', zh: '被截断的第 {{position}} 条（共 {{count}}）' },
});
