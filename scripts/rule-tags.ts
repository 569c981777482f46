/** Tags as test titles carry them: `[BR-12]`, or several in one pair of brackets. */
export function testsByTag(tests: Readonly<Record<string, string>>): Map<string, string[]> {
  const byTag = new Map<string, string[]>();
  for (const file of Object.keys(tests).sort()) {
    const tags = new Set(
      [
        ...(tests[file] ?? '').matchAll(/\[((?:NS|CL|BR|HA|PR|CO|OR|PO|FI|TX|SC|TR|VC|CM|SIM|EN)-\d+)\]/g),
      ].map(([, tag]) => tag as string),
    );
    for (const tag of tags) byTag.set(tag, [...(byTag.get(tag) ?? []), file]);
  }
  return byTag;
}
