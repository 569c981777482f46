import { errors } from '../../i18n/areas/errors';
import { useText } from '../../i18n/use-text';
import { MessageGlyph } from '../../ui/glyph/MessageGlyph';
import { Icon } from '../../ui/icons/Icon';
import { EmptyState } from '../../ui/kit/Notice';

/** Three things to click, as they are drawn. */
export function NothingSelected() {
  const { t } = useText(errors);
  return (
    <EmptyState
      picture={
        <>
          <Icon name="master" size={22} />
          <MessageGlyph state={{ mem: 'volatile' }} size={22} label={null} />
          <Icon name="lost" size={22} />
        </>
      }
    >
      {t('nothingSelected')}
    </EmptyState>
  );
}
