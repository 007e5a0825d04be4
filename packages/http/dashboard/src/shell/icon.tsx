/** The line icons of the dashboard, drawn on 20 × 20. */
const PATHS = {
  home: 'M3 9l7-5.5L17 9v7.500h-4.800v-4.700H7.800v4.700H3z',
  register: 'M4 3.500h12v13H4zM7 3.500v13M9.500 7.500H14M9.500 10.500H14M9.500 13.500H12',
  limit: 'M2.500 6.500h11M2.500 10h15M2.500 13.500h7M15.500 3.500v13',
  import: 'M10 3v9m-3.500-3.500L10 12l3.500-3.500M3.500 13v3.500h13V13',
  export: 'M10 12V3m-3.500 3.500L10 3l3.500 3.500M3.500 13v3.500h13V13',
  settings: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 6m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M7 14m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0',
  plus: 'M10 4v12M4 10h12',
  search: 'M9 9m-5.200 0a5.200 5.200 0 1 0 10.400 0a5.200 5.200 0 1 0-10.400 0M13 13l4 4',
  eye: 'M2.500 10S5.200 5 10 5s7.500 5 7.500 5-2.700 5-7.500 5S2.500 10 2.500 10zM10 10m-2.200 0a2.200 2.200 0 1 0 4.400 0a2.200 2.200 0 1 0-4.400 0',
  moon: 'M10 10m-6.800 0a6.800 6.800 0 1 0 13.600 0a6.800 6.800 0 1 0-13.600 0M10 3.200v13.600M10 6.500h4.500M10 10h6.500M10 13.500h4.500',
  bell: 'M5 14V9a5 5 0 0 1 10 0v5l1.500 1.500h-13zM8.300 17.500h3.400',
  more: 'M4 6h12M4 10h12M4 14h12',
  down: 'M5.500 8l4.500 4.500L14.500 8',
  over: 'M2.500 13h9M14 3v14M14 13h4m-2-2.200L18.200 13 16 15.200M5 7h6',
  warn: 'M10 3.200L17.800 16.500H2.200zM10 8.200v4M10 14.300v.1',
  x: 'M5.500 5.500l9 9M14.500 5.500l-9 9',
  ok: 'M4.500 10.500l3.700 3.700 7.300-8',
  undo: 'M7.500 4L3.800 7.700l3.700 3.700M4 7.700h7.500a4.300 4.300 0 0 1 0 8.600H8',
  file: 'M5 2.800h6.500L15.500 7v10.200H5zM11.300 2.800V7h4.200',
  same: 'M5 8h10M5 12h10',
  form: 'M3.500 4h13v4h-13zM3.500 12h8v4h-8zM14.500 14h2',
  flag: 'M5 17V3.500h9.500l-2 3.300 2 3.300H5',
  repeat: 'M4 9V7.500a2 2 0 0 1 2-2h9m-2.500-2.500L15 5.500 12.500 8M16 11v1.500a2 2 0 0 1-2 2H5m2.500-2.500L5 14.500 7.500 17',
  transfer: 'M3.500 7h12m-3-3 3 3-3 3M16.500 13h-12m3-3-3 3 3 3',
  chart: 'M3.500 16.500h13M5.500 14V9.500M10 14V4.500M14.500 14V7.500',
  clock: 'M10 10m-6.800 0a6.800 6.800 0 1 0 13.600 0a6.800 6.800 0 1 0-13.600 0M10 6v4.300l2.800 1.700',
  check: 'M3.500 9.500l2.800 2.800L12 6.500M3.500 16.500h13M9.500 12.300l7-7',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, small }: { readonly name: IconName; readonly small?: boolean }) {
  return (
    <svg class={small === true ? 'i i--s' : 'i'} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 28 28" aria-hidden="true" focusable="false">
      <rect class="mark__sheet" x="2" y="1.5" width="24" height="25" rx="4" />
      <path d="M8.500 1.500v25M2 6h6.500M2 11.300h6.500M2 16.700h6.500M2 22h6.500M13 16.200h9M13 19.200h9M13 10.200h5.500" />
    </svg>
  );
}
