import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { Path } from '../shell/link.tsx';
import { type CategoryAtCaret, categoryAtCaret, complete, suggest } from './suggest.ts';

interface CategoryBoxProps {
  readonly id: string;
  readonly line: Signal<string>;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly categories: readonly string[];
  readonly describedBy: string;
  readonly focus: boolean;
  readonly invalid: boolean;
}

/** The line's input, a combobox while a category is being typed. */
export function CategoryBox({ id, line, input, categories, describedBy, focus, invalid }: CategoryBoxProps) {
  const at = useSignal<CategoryAtCaret | undefined>(undefined);
  const active = useSignal(-1);
  const options = at.value === undefined ? [] : suggest(at.value.typed, categories);
  const exact = options.length === 1 && options[0] === at.value?.typed;
  const open = options.length > 0 && !exact;
  useEffect(() => {
    if (focus) input.current?.focus();
  }, [focus, input]);

  const look = (): void => {
    const element = input.current;
    if (element === null) return;
    const found = categoryAtCaret(element.value, element.selectionStart ?? element.value.length);
    if (found?.typed !== at.peek()?.typed) active.value = -1;
    at.value = found;
  };
  const shut = (): void => {
    at.value = undefined;
    active.value = -1;
  };
  const take = (category: string): void => {
    const place = at.peek();
    const element = input.current;
    if (place === undefined || element === null) return;
    const done = complete(line.peek(), place, category);
    line.value = done.line;
    shut();
    element.value = done.line;
    element.focus();
    element.setSelectionRange(done.caret, done.caret);
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && open) {
      event.stopPropagation();
      shut();
    } else if (!open) {
      return;
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      active.value = (active.value + step + options.length + (active.value < 0 && step < 0 ? 1 : 0)) % options.length;
    } else if ((event.key === 'Enter' && active.value >= 0) || (event.key === 'Tab' && !event.shiftKey)) {
      const chosen = options[Math.max(active.value, 0)];
      if (chosen === undefined) return;
      event.preventDefault();
      take(chosen);
    } else if (event.key === 'Enter') {
      shut();
    }
  };
  return (
    <span class="quick__box">
      <input
        ref={input}
        id={id}
        type="text"
        value={line.value}
        placeholder="12.50 coffee @Food:Cafe yesterday"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        enterkeyhint="done"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-activedescendant={open && active.value >= 0 ? `${id}-o${active.value}` : undefined}
        aria-describedby={describedBy}
        aria-invalid={invalid}
        onInput={(event) => {
          line.value = event.currentTarget.value;
          look();
        }}
        onKeyDown={keys}
        onClick={look}
        onBlur={shut}
      />
      <ul class="listbox" id={`${id}-list`} role="listbox" aria-label="Categories used before" hidden={!open}>
        {options.map((category, index) => (
          <li
            key={category}
            id={`${id}-o${index}`}
            role="option"
            aria-selected={index === active.value}
            onPointerDown={(event) => {
              event.preventDefault();
              take(category);
            }}
          >
            <Path category={category} />
          </li>
        ))}
      </ul>
    </span>
  );
}
