import { ActionIcon, Box, ColorPicker, Group, Popover, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import classes from '../clients/clients.module.css';

const suggested = ['#b4532a', '#c98a1b', '#3d7a4f', '#2f6f8f', '#4d5bd6', '#8a4f9e', '#c4476a', '#2b2f36'];

/** The brand's colours: click one to change it, the plus to add one. */
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
  return (
    <Stack gap={6}>
      <Group gap="xs">
        {colors.map((color, index) => (
          // Colours have no identity of their own; their place is it.
          <Popover key={index} opened={open === index} onChange={() => setOpen(null)} position="bottom-start" withArrow>
            <Popover.Target>
              <UnstyledButton
                className={classes.swatch}
                style={{ background: color }}
                aria-label={`Colour ${color}`}
                onClick={() => setOpen(open === index ? null : index)}
              />
            </Popover.Target>
            <Popover.Dropdown>
              <Stack gap="xs">
                <ColorPicker
                  value={color}
                  onChange={(next) => onChange(colors.with(index, next))}
                  swatches={suggested}
                  swatchesPerRow={8}
                />
                <Group gap={6} wrap="nowrap">
                  <TextInput
                    aria-label="Hex value"
                    flex={1}
                    value={color}
                    onChange={(event) => onChange(colors.with(index, event.currentTarget.value))}
                  />
                  <ActionIcon
                    variant="subtle"
                    color="red"
                    size={36}
                    aria-label="Remove colour"
                    onClick={() => {
                      setOpen(null);
                      onChange(colors.toSpliced(index, 1));
                    }}
                  >
                    <IconTrash size={17} />
                  </ActionIcon>
                </Group>
              </Stack>
            </Popover.Dropdown>
          </Popover>
        ))}
        {colors.length < 12 && (
          <ActionIcon
            variant="default"
            size={44}
            aria-label="Add a colour"
            onClick={() => {
              onChange([...colors, suggested[colors.length % suggested.length] ?? '#4d5bd6']);
              setOpen(colors.length);
            }}
          >
            <IconPlus size={18} />
          </ActionIcon>
        )}
      </Group>
      {error ? (
        <Text size="sm" c="red" role="alert">
          {error}
        </Text>
      ) : (
        colors.length === 0 && (
          <Box c="dimmed" fz="sm">
            Pictures are made in these colours.
          </Box>
        )
      )}
    </Stack>
  );
}
