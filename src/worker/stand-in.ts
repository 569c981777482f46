/** Code of the engine by the names of its functions. */
export type Functions = Readonly<Record<string, (...values: never[]) => unknown>>;

/**
 * What stands in the built worker for a part of the engine that comes after the first picture: the same functions,
 * which do their work once the part has come. Nothing that a first visit shows calls one of them before.
 */
export class StandIn {
  private part: Functions | undefined;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly name: string) {}

  /** A function that does what that function of the part does. Throws while the part is not there. */
  call(name: string): (...values: never[]) => unknown {
    return (...values) => this.function(name)(...values);
  }

  /** A function that tells a run's handlers what the part's events mean: now, or as soon as the part has come. */
  register(name: string): (...values: never[]) => void {
    return (...values) => {
      if (this.part !== undefined) this.function(name)(...values);
      else this.waiting.push(() => this.function(name)(...values));
    };
  }

  /** The part has come. */
  join(part: Functions): void {
    this.part = part;
    for (const register of this.waiting.splice(0)) register();
  }

  private function(name: string): (...values: never[]) => unknown {
    const found = this.part?.[name];
    if (found === undefined) throw new Error(`${name} of ${this.name} is not there yet`);
    return found;
  }
}
