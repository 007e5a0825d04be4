import type { ComponentChildren } from 'preact';
import { go, withWallet } from '../state/route.ts';

interface LinkProps {
  readonly to: string;
  readonly class?: string;
  readonly current?: boolean;
  readonly label?: string;
  readonly children: ComponentChildren;
}

/** A link inside the dashboard: it changes the address without loading the page again, and stays a real link. */
export function Link({ to, class: look, current, label, children }: LinkProps) {
  const follow = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a
      href={withWallet(to)}
      class={look}
      aria-current={current === true ? 'page' : undefined}
      aria-label={label}
      onClick={follow}
    >
      {children}
    </a>
  );
}

/** A category with its last part in ink and the path to it in grey, isolated from the text around it. */
export function Path({ category }: { readonly category: string }) {
  const cut = category.lastIndexOf(':') + 1;
  return (
    <bdi class="path">
      {cut > 0 && <span>{category.slice(0, cut)}</span>}
      {category.slice(cut)}
    </bdi>
  );
}

export function PathLink({ category, to }: { readonly category: string; readonly to?: string }) {
  return (
    <Link class="path" to={to ?? `/register?category=${encodeURIComponent(category)}`}>
      <Path category={category} />
    </Link>
  );
}
