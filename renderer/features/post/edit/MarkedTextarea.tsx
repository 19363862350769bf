import { Textarea, type TextareaProps } from '@mantine/core';
import { type Ref, useRef } from 'react';
import { findBannedTerms } from '../../../../shared/domain/banned-terms.ts';
import { MarkedText } from '../preview/MarkedText.tsx';
import classes from './MarkedTextarea.module.css';

/** A field for a text in which banned terms are marked while it is typed. */
export function MarkedTextarea({
  value,
  onChange,
  terms,
  ref,
  ...props
}: Omit<TextareaProps, 'value' | 'onChange'> & {
  value: string;
  onChange: (text: string) => void;
  terms: readonly string[];
  ref?: Ref<HTMLTextAreaElement>;
}) {
  const marks = useRef<HTMLDivElement>(null);
  const isMarked = findBannedTerms(value, terms).length > 0;
  return (
    <Textarea
      {...props}
      ref={ref}
      autosize
      maxRows={18}
      dir="auto"
      classNames={{ input: classes.input }}
      inputWrapperOrder={['label', 'description', 'input', 'error']}
      inputContainer={(input) => (
        <div className={classes.box}>
          {isMarked && (
            <div ref={marks} className={classes.marks} dir="auto" aria-hidden>
              <MarkedText text={`${value}\n`} terms={terms} />
            </div>
          )}
          {input}
        </div>
      )}
      value={value}
      onScroll={(event) => marks.current?.scrollTo({ top: event.currentTarget.scrollTop })}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
