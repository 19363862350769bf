import { Combobox, Loader, Modal, Text, TextInput, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { t } from '../../i18n/i18n.ts';
import { Caps } from './Caps.tsx';
import classes from './commands.module.css';
import { closeCommands } from './commands-store.ts';
import type { Offer } from './actions.ts';
import { useOffers } from './use-offers.ts';

/** One field from which everything is reached: type, choose with the arrows, Enter. */
export function Palette() {
  useFocusBack();
  return (
    <Modal.Root opened onClose={closeCommands} size={620} yOffset="10vh" returnFocus={false} centered={false}>
      <Modal.Overlay />
      <Modal.Content aria-label={t('commands:name')} radius="lg">
        <Finder />
      </Modal.Content>
    </Modal.Root>
  );
}

function Finder() {
  const [typed, setTyped] = useState('');
  const { offers, isSearching } = useOffers(typed);
  // Escape closes the list, which here is all there is.
  const combobox = useCombobox({ opened: true, onDropdownClose: closeCommands });
  const ids = offers.map(({ id }) => id).join(' ');
  const { selectFirstOption } = combobox;
  // What is offered has changed, so the first of it is the likeliest.
  useEffect(() => {
    if (ids !== '') selectFirstOption();
  }, [ids, selectFirstOption]);

  const choose = (id: string): void => {
    closeCommands();
    offers.find((offer) => offer.id === id)?.run();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose}>
      <Combobox.EventsTarget withExpandedAttribute>
        <TextInput
          role="combobox"
          aria-label={t('common:action.search')}
          placeholder={t('commands:placeholder')}
          size="lg"
          variant="unstyled"
          className={classes.field}
          leftSection={<IconSearch size={20} stroke={1.7} />}
          rightSection={isSearching ? <Loader size="xs" aria-label={t('commands:searching')} /> : null}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
        />
      </Combobox.EventsTarget>
      <div className={classes.list} tabIndex={0}>
        <Combobox.Options className={classes.offers} aria-label={t('commands:offers')}>
          {offers.length === 0 && (
            <Combobox.Empty>
              {isSearching ? t('commands:searchGoesOn') : t('commands:nothing', { typed })}
            </Combobox.Empty>
          )}
          {[...Map.groupBy(offers, ({ group }) => group)].map(([group, ofGroup]) => (
            <Combobox.Group key={group} label={t(`commands:group.${group}`)}>
              {ofGroup.map((offer) => (
                <OfferRow key={offer.id} offer={offer} />
              ))}
            </Combobox.Group>
          ))}
        </Combobox.Options>
      </div>
    </Combobox>
  );
}

function OfferRow({ offer: { id, label, hint, icon: Glyph, keys = [] } }: { offer: Offer }) {
  return (
    <Combobox.Option value={id} className={classes.offer}>
      <Glyph size={18} stroke={1.7} aria-hidden />
      <div className={classes.words}>
        <Text size="sm" truncate>
          {label.trim() === '' ? t('common:noCaption') : label}
        </Text>
        {hint !== undefined && (
          <Text size="xs" c="dimmed" truncate>
            {hint}
          </Text>
        )}
      </div>
      <Caps caps={keys} size="xs" />
    </Combobox.Option>
  );
}
