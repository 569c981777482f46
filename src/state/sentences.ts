import { MODEL_VERSION } from '../engine/scenario/products';
import type { Localized } from '../engine/view';

/** What the page has to say of the engine and of runs that come from elsewhere. */
export const ENGINE_RESTARTED: Localized = {
  en: 'The engine did not answer and was started again at the same moment.',
  zh: '模拟引擎没有响应，已在同一时刻重新启动。',
};

export const ENGINE_GONE: Localized = {
  en: 'The engine stopped several times in a row. Open a scenario to go on.',
  zh: '模拟引擎连续多次停止。打开一个场景即可继续。',
};

export function noSuchScenario(id: string): Localized {
  return { en: `There is no built-in scenario "${id}".`, zh: `没有名为“${id}”的内置场景。` };
}

/** Made with another version of the engine's behaviour, even where its trace is the same until now. */
export function madeWith(model: number): Localized {
  return {
    en: `This run was made with model ${model}, and this page has model ${MODEL_VERSION}: from here on it may differ.`,
    zh: `这次运行由第 ${model} 版模型生成，而本页面是第 ${MODEL_VERSION} 版：此后可能不同。`,
  };
}

/** The run is not the one that was shared or kept. */
export function differs(otherModel: number | null): Localized {
  return otherModel === null
    ? {
        en: 'This run is not the one that was shared: its trace differs at this moment.',
        zh: '这不是当初分享的那次运行：到此刻为止的轨迹不同。',
      }
    : {
        en: `This run is not the one that was shared: it was made with model ${otherModel}, and this page has model ${MODEL_VERSION}.`,
        zh: `这不是当初分享的那次运行：它由第 ${otherModel} 版模型生成，而本页面是第 ${MODEL_VERSION} 版。`,
      };
}
