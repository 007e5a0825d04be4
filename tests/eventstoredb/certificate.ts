/** A certificate for `localhost` that signs itself, made when it is needed: X.509 (RFC 5280) in DER, over Node's own signatures. */
import { generateKeyPairSync, sign } from 'node:crypto';

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const bytes = (...values: readonly number[]): Buffer => Buffer.from(values);

const COMMON_NAME = der(0x06, bytes(0x55, 0x04, 0x03)); // 2.5.4.3
const SUBJECT_ALT_NAME = der(0x06, bytes(0x55, 0x1d, 0x11)); // 2.5.29.17
const BASIC_CONSTRAINTS = der(0x06, bytes(0x55, 0x1d, 0x13)); // 2.5.29.19
const ECDSA_SHA256 = sequence(der(0x06, bytes(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02))); // 1.2.840.10045.4.3.2

function time(ms: number): Buffer {
  return der(0x17, Buffer.from(`${new Date(ms).toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`));
}

/** A fresh key and its certificate, as PEM. */
export function selfSigned(): { readonly certificate: string; readonly key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from('localhost')))));
  const day = 86_400_000;
  const extensions = sequence(
    sequence(BASIC_CONSTRAINTS, der(0x04, sequence(der(0x01, bytes(0xff))))),
    sequence(SUBJECT_ALT_NAME, der(0x04, sequence(der(0x82, Buffer.from('localhost'))))),
  );
  const body = sequence(
    der(0xa0, der(0x02, bytes(2))), // version 3
    der(0x02, bytes(1)),
    ECDSA_SHA256,
    name,
    sequence(time(Date.now() - day), time(Date.now() + day)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  const signed = sequence(body, ECDSA_SHA256, der(0x03, bytes(0), sign('sha256', body, privateKey)));
  const lines = signed.toString('base64').replaceAll(/.{64}/g, '$&\n');
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
