import type { ProductVersion } from './rocketmq-key-spec';

/** Every product that the format names. The first version is the default; a product without `modelled` is refused. */
export const PRODUCTS: Readonly<
  Record<string, { readonly versions: readonly string[]; readonly modelled: boolean }>
> = {
  rocketmq: { versions: ['5.3', '4.9'] satisfies ProductVersion[], modelled: true },
  kafka: { versions: ['4.3'], modelled: false },
  rabbitmq: { versions: ['4.3'], modelled: false },
  activemq: { versions: ['6.3'], modelled: false },
  direct: { versions: [], modelled: false },
};

/** Version of the engine's behaviour. A file made with another one is read, and a note says so. */
export const MODEL_VERSION = 1;
