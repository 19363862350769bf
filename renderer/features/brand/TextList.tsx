import { ActionIcon, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';

/** A list of texts: each editable in place, removable, one more at the end. */
export function TextList({
  labels,
  values,
  max,
  singleLine = false,
  onChange,
  error,
}: {
  /** What the text of a number (from 1), its removal and the adding of one are called. */
  labels: { item: (number: number) => string; remove: (number: number) => string; add: string };
  values: readonly string[];
  max: number;
  singleLine?: boolean;
  onChange: (values: string[]) => void;
  error?: string;
}) {
  const replace = (index: number, text: string) => onChange(values.with(index, text));
  return (
    <Stack gap="xs">
      {values.map((value, index) => {
        const field = { 'aria-label': labels.item(index + 1), value, flex: 1, autoFocus: value === '' };
        return (
          // Texts have no identity of their own; their place is it.
          <Group key={index} gap={4} wrap="nowrap" align="flex-start">
            {singleLine ? (
              <TextInput
                dir="auto"
                {...field}
                maxLength={300}
                onChange={(event) => replace(index, event.currentTarget.value)}
              />
            ) : (
              <Textarea
                dir="auto"
                {...field}
                minRows={2}
                maxRows={8}
                maxLength={2_200}
                onChange={(event) => replace(index, event.currentTarget.value)}
              />
            )}
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={labels.remove(index + 1)}
              onClick={() => onChange(values.toSpliced(index, 1))}
            >
              <IconTrash size={17} stroke={1.7} />
            </ActionIcon>
          </Group>
        );
      })}
      {error && (
        <Text size="sm" c="red" role="alert">
          {error}
        </Text>
      )}
      <Button
        variant="subtle"
        size="xs"
        w="fit-content"
        leftSection={<IconPlus size={15} />}
        disabled={values.length >= max}
        onClick={() => onChange([...values, ''])}
      >
        {labels.add}
      </Button>
    </Stack>
  );
}
