import type { OpenApiDocument } from './openapi.ts';

/** What a schema of the document may say, as far as the page shows it. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly description?: string;
  readonly example?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
  readonly description?: string;
}

interface OperationObject {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema?: Schema;
    readonly description?: string;
  }[];
  readonly requestBody?: Content;
  readonly responses?: Readonly<Record<string, Content>>;
}

interface Shown {
  readonly method: string;
  readonly path: string;
  readonly operation: OperationObject;
}

/** The document as a page for people. It has no script, and its style comes from its own file. */
export function docsHtml(document: OpenApiDocument): string {
  const shown = operationsOf(document);
  const tags = [...new Set(shown.map(({ operation }) => operation.tags?.[0] ?? ''))];
  const schemas = Object.entries((document.components?.schemas ?? {}) as Readonly<Record<string, Schema>>);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(document.info.title)}: the API</title>
<link rel="stylesheet" href="docs.css">
</head>
<body>
<header>
<h1>${escape(document.info.title)}</h1>
<p>${escape(document.info.description ?? '')}</p>
<p>For programs: <a href="openapi.json">openapi.json</a> (OpenAPI ${escape(document.openapi)}).</p>
</header>
<nav aria-label="Operations"><ul>
${tags.map((tag) => `<li><a href="#${slug(tag)}">${escape(tag)}</a></li>`).join('\n')}
<li><a href="#schemas">Schemas</a></li>
</ul></nav>
<main>
${tags
  .map((tag) =>
    section(
      tag,
      shown.filter(({ operation }) => operation.tags?.[0] === tag),
    ),
  )
  .join('\n')}
<section id="schemas"><h2>Schemas</h2>
${schemas.map(([name, schema]) => `<article id="schema-${slug(name)}"><h3>${escape(name)}</h3>${shape(schema)}</article>`).join('\n')}
</section>
</main>
</body>
</html>
`;
}

function operationsOf({ paths }: OpenApiDocument): readonly Shown[] {
  return Object.entries(paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Readonly<Record<string, OperationObject>>).map(([method, operation]) => ({ method, path, operation })),
  );
}

function section(tag: string, shown: readonly Shown[]): string {
  return `<section id="${slug(tag)}"><h2>${escape(tag)}</h2>\n${shown.map(article).join('\n')}\n</section>`;
}

function article({ method, path, operation }: Shown): string {
  const { operationId = '', summary = '', parameters = [], requestBody, responses = {} } = operation;
  const rows = parameters.map(
    ({ name, in: place, required, schema, description }) =>
      `<tr><th scope="row"><code>${escape(name)}</code></th><td>${escape(place)}${required === true ? ', required' : ''}</td><td>${typeOf(schema ?? {})} ${escape(description ?? schema?.description ?? '')}</td></tr>`,
  );
  const answers = Object.entries(responses).map(
    ([status, answer]) =>
      `<dt>${escape(status)}</dt><dd><p>${escape(answer.description ?? '')}</p>${contentOf(answer, status === 'default')}</dd>`,
  );
  return `<article id="${escape(operationId)}">
<h3><span class="method ${escape(method)}">${escape(method.toUpperCase())}</span> <code>${escape(path)}</code></h3>
<p>${escape(summary)}</p>
${rows.length === 0 ? '' : `<table><caption>Parameters</caption><tbody>${rows.join('')}</tbody></table>`}
${requestBody === undefined ? '' : `<h4>Body</h4>${contentOf(requestBody, false)}`}
<h4>Answers</h4><dl>${answers.join('')}</dl>
</article>`;
}

function contentOf({ content = {} }: Content, isBrief: boolean): string {
  return Object.entries(content)
    .map(
      ([type, { schema }]) =>
        `<p class="media"><code>${escape(type)}</code></p>${schema === undefined || isBrief ? '' : shape(schema)}`,
    )
    .join('');
}

/** An object's fields as a table; anything else by its type. */
function shape(schema: Schema): string {
  if (schema.properties === undefined) return `<p>${typeOf(schema)} ${escape(schema.description ?? '')}</p>`;
  const required = new Set(schema.required);
  const rows = Object.entries(schema.properties).map(
    ([name, field]) =>
      `<tr><th scope="row"><code>${escape(name)}</code></th><td>${typeOf(field)}${required.has(name) ? '' : ', may be left out'}</td><td>${escape(field.description ?? '')}${exampleOf(field)}</td></tr>`,
  );
  return `<table><tbody>${rows.join('')}</tbody></table>`;
}

function exampleOf({ example }: Schema): string {
  return example === undefined ? '' : ` <code>${escape(JSON.stringify(example))}</code>`;
}

function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return `<a href="#schema-${slug(name)}">${escape(name)}</a>`;
  }
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.const !== undefined) return `<code>${escape(JSON.stringify(schema.const))}</code>`;
  if (schema.enum !== undefined) return schema.enum.map((value) => `<code>${escape(JSON.stringify(value))}</code>`).join(' or ');
  if (schema.items !== undefined) return `list of ${typeOf(schema.items)}`;
  if (schema.properties !== undefined)
    return `{ ${Object.keys(schema.properties)
      .map((name) => `<code>${escape(name)}</code>`)
      .join(', ')} }`;
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? ['anything']);
  return escape(types.join(' or ') + (schema.format === undefined ? '' : ` (${schema.format})`));
}

function slug(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);
}
