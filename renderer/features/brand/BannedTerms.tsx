import { Box, Stack, TagsInput, Text, Textarea } from '@mantine/core';
import { useMemo, useState } from 'react';
import { findBannedTerms } from '../../../shared/domain/banned-terms.ts';
import { count } from '../../components/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { MarkedText } from '../post/preview/MarkedText.tsx';

/** Words the brand never says, and a place to try what they catch. */
export function BannedTerms({
  terms,
  onChange,
  error,
}: {
  terms: readonly string[];
  onChange: (terms: string[]) => void;
  error?: string;
}) {
  const [sample, setSample] = useState('');
  const hits = useMemo(() => findBannedTerms(sample, terms).length, [sample, terms]);
  return (
    <Panel
      title="Words it never says"
      description="Checked in everything that could be published, whatever it is dressed in: capitals, s p a c e s, look-alike letters, hashtags."
    >
      <Stack>
        <TagsInput
          aria-label="Banned words and phrases"
          placeholder={terms.length === 0 ? 'A word or phrase, then Enter' : ''}
          splitChars={[',', ';', '\n']}
          maxTags={500}
          value={[...terms]}
          onChange={onChange}
          error={error}
        />
        <Textarea
          label="Try it"
          placeholder="Write or paste a text to see what would be stopped"
          minRows={2}
          maxRows={6}
          value={sample}
          onChange={(event) => setSample(event.currentTarget.value)}
        />
        {sample !== '' && (
          <Box
            bg="var(--surface-sunken)"
            p="sm"
            style={{ borderRadius: 'var(--mantine-radius-md)' }}
            aria-live="polite"
          >
            <Text size="sm" lh={1.7}>
              <MarkedText text={sample} terms={terms} />
            </Text>
            <Text size="xs" c={hits > 0 ? 'red' : 'teal'} mt={6} fw={600}>
              {hits > 0 ? `${count(hits, 'hit')}: a post with this text would be stopped.` : 'Nothing banned in here.'}
            </Text>
          </Box>
        )}
      </Stack>
    </Panel>
  );
}
