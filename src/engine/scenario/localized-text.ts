/** A text for people, written in each language. */
export interface LocalizedText {
  readonly en: string;
  readonly zh: string;
}
