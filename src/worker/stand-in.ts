/** The functions that a part of the engine exports, in their order. */
export type Functions = readonly ((...values: never[]) => unknown)[];

/**
 * What stands in the built worker for a part of the engine that comes after the first picture: the same functions,
 * which do their work once the part has come. Nothing that a first visit shows calls one of them before.
 */
export class StandIn {
  private part: Functions | undefined;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly name: string) {}

  /** A function that does what that function of the part does. Throws while the part is not there. */
  call(place: number): Functions[number] {
    return (...values) => this.function(place)(...values);
  }

  /** A function that tells a run's handlers what the part's events mean: now, or as soon as the part has come. */
  register(place: number): Functions[number] {
    return (...values) => {
      if (this.part !== undefined) this.function(place)(...values);
      else this.waiting.push(() => this.function(place)(...values));
    };
  }

  /** The part has come. */
  join(part: Functions): void {
    this.part = part;
    for (const register of this.waiting.splice(0)) register();
  }

  private function(place: number): Functions[number] {
    const found = this.part?.[place];
    if (found === undefined) throw new Error(`${this.name} is not there yet (function ${place})`);
    return found;
  }
}
