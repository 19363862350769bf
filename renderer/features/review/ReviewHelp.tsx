import { Group, Kbd, Modal, Table, Text } from '@mantine/core';

const keys: [string[], string][] = [
  [['A'], 'Approve and go on'],
  [['R'], 'Reject, with a reason'],
  [['E'], 'Edit here'],
  [['J', '→'], 'Next post'],
  [['K', '←'], 'Previous post'],
  [['Ctrl ↵'], 'Save while editing'],
  [['?'], 'This help'],
];

export function ReviewHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Review by keyboard" size="sm">
      <Table verticalSpacing={8} withRowBorders={false}>
        <Table.Tbody>
          {keys.map(([names, meaning]) => (
            <Table.Tr key={meaning}>
              <Table.Td w={110}>
                <Group gap={6}>
                  {names.map((name) => (
                    <Kbd key={name}>{name}</Kbd>
                  ))}
                </Group>
              </Table.Td>
              <Table.Td>
                <Text size="sm">{meaning}</Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
