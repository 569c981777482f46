/** The sample texts of the gallery, in the language shown. */
export type Say = (en: string, zh: string) => string;
