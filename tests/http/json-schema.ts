import type { OpenApiDocument } from '@kakeibo/http';

/** As much of JSON Schema as the document of the surface uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly pattern?: string;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

/** Where a value is not as its schema says; nothing when it is. */
export function misfits(document: OpenApiDocument, schema: Schema, value: unknown, at = '$'): readonly string[] {
  const inside = (inner: Schema, item: unknown, place: string): readonly string[] => misfits(document, inner, item, place);
  if (schema.$ref !== undefined) {
    const schemas = (document.components?.schemas ?? {}) as Readonly<Record<string, Schema>>;
    const found = schemas[schema.$ref.split('/').at(-1) ?? ''];
    return found === undefined ? [`${at}: ${schema.$ref} is nowhere`] : inside(found, value, at);
  }
  if (schema.anyOf !== undefined) {
    const all = schema.anyOf.map((one) => inside(one, value, at));
    return all.some((faults) => faults.length === 0) ? [] : all.flat();
  }
  if (schema.const !== undefined && schema.const !== value) return [`${at} is not ${JSON.stringify(schema.const)}`];
  if (schema.enum !== undefined && !schema.enum.includes(value))
    return [`${at}: ${JSON.stringify(value)} is none of ${JSON.stringify(schema.enum)}`];
  const types = schema.type === undefined ? [] : [schema.type].flat();
  const type = typeOf(value);
  if (types.length > 0 && !types.includes(type) && !(type === 'integer' && types.includes('number')))
    return [`${at} is ${type}, not ${types.join(' or ')}`];
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(String(value)))
    return [`${at}: ${String(value)} does not match ${schema.pattern}`];
  if (Array.isArray(value))
    return value.flatMap((item, index) => (schema.items === undefined ? [] : inside(schema.items, item, `${at}[${index}]`)));
  return typeof value === 'object' && value !== null ? objectMisfits(schema, value, at, inside) : [];
}

function objectMisfits(
  { properties = {}, required = [], additionalProperties = true }: Schema,
  value: object,
  at: string,
  inside: (schema: Schema, value: unknown, at: string) => readonly string[],
): readonly string[] {
  const missing = required.filter((name) => !(name in value)).map((name) => `${at}.${name} is missing`);
  const faults = Object.entries(value).flatMap(([name, field]) => {
    const schema = properties[name] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
    if (schema !== undefined) return inside(schema, field, `${at}.${name}`);
    return additionalProperties === false ? [`${at}.${name} is not in the schema`] : [];
  });
  return [...missing, ...faults];
}
