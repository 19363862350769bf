import { ActionIcon, ColorPicker, Group, Popover, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { contrast, inkOn } from '../../../shared/domain/contrast.ts';
import { formatNumber } from '../../components/format.ts';
import { t } from '../../i18n/i18n.ts';
import classes from './brand.module.css';
import { isColor } from './colors.ts';

const suggested = ['#b4532a', '#c98a1b', '#3d7a4f', '#2f6f8f', '#4d5bd6', '#8a4f9e', '#c4476a', '#2b2f36'];
const mostColors = 12;

/** The brand's colours, the first being its own: click one to change it, the plus to add one. */
export function ColorSwatches({
  colors,
  onChange,
  error,
}: {
  colors: readonly string[];
  onChange: (colors: string[]) => void;
  error?: string;
}) {
  const [open, setOpen] = useState<number | null>(null);
  const add = () => {
    onChange([...colors, suggested[colors.length % suggested.length] ?? '#4d5bd6']);
    setOpen(colors.length);
  };
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-start">
        {colors.map((color, index) => (
          // Colours have no identity of their own; their place is it.
          <Swatch
            key={index}
            color={color}
            isOpen={open === index}
            onOpen={(isOpen) => setOpen(isOpen ? index : null)}
            onChange={(next) => onChange(colors.with(index, next))}
            onRemove={() => {
              setOpen(null);
              onChange(colors.toSpliced(index, 1));
            }}
          />
        ))}
        {colors.length < mostColors && (
          <ActionIcon variant="default" size={52} aria-label={t('brand:colors.add')} onClick={add}>
            <IconPlus size={18} />
          </ActionIcon>
        )}
      </Group>
      {error && (
        <Text size="sm" c="red" role="alert">
          {error}
        </Text>
      )}
      {!error && colors.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('brand:colors.none')}
        </Text>
      )}
    </Stack>
  );
}

function Swatch({
  color,
  isOpen,
  onOpen,
  onChange,
  onRemove,
}: {
  color: string;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  onChange: (color: string) => void;
  onRemove: () => void;
}) {
  const ink = isColor(color) ? inkOn(color) : undefined;
  return (
    <Popover opened={isOpen} onChange={() => onOpen(false)} position="bottom-start" withArrow trapFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.swatch}
          style={{ background: color, color: ink }}
          aria-label={t('brand:colors.color', { color })}
          onClick={() => onOpen(!isOpen)}
        >
          {t('brand:colors.sample')}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" w={240}>
          <ColorPicker fullWidth value={color} onChange={onChange} swatches={suggested} swatchesPerRow={8} />
          <Group gap={6} wrap="nowrap">
            <TextInput
              aria-label={t('brand:colors.hex')}
              flex={1}
              value={color}
              onChange={(event) => onChange(event.currentTarget.value)}
            />
            <ActionIcon variant="subtle" color="red" size={36} aria-label={t('brand:colors.remove')} onClick={onRemove}>
              <IconTrash size={17} />
            </ActionIcon>
          </Group>
          <Readability color={color} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** What a colour is good for, by how far it stands apart from white and from the ink on it. */
function Readability({ color }: { color: string }) {
  if (!isColor(color)) {
    return (
      <Text size="xs" c="orange">
        {t('brand:colors.invalid')}
      </Text>
    );
  }
  const ink = inkOn(color);
  const onWhite = contrast(color, '#ffffff');
  const use = onWhite >= 4.5 ? 'text' : onWhite >= 3 ? 'large' : 'ground';
  const ratio = (value: number) => formatNumber(value, { maximumFractionDigits: 1 });
  return (
    <Stack gap={2}>
      <Text size="xs">
        {t(ink === '#ffffff' ? 'brand:colors.inkWhite' : 'brand:colors.inkBlack', {
          ratio: ratio(contrast(color, ink)),
        })}
      </Text>
      <Text size="xs" c={use === 'text' ? 'dimmed' : 'orange'}>
        {t(`brand:colors.use.${use}`, { ratio: ratio(onWhite) })}
      </Text>
    </Stack>
  );
}
