import { useState } from 'react';
import { Gallery, type GalleryPage as Page } from '../ui/gallery/Gallery';
import type { UiLang } from '../ui/words/words';

export default function GalleryPage({
  lang,
  onTheme,
}: {
  readonly lang: UiLang;
  readonly onTheme: () => void;
}) {
  const [page, setPage] = useState<Page>('glyphs');
  return <Gallery lang={lang} page={page} onPage={setPage} onTheme={onTheme} />;
}
