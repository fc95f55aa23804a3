/**
 * Cost of a month of a desk on AWS: node bench/month.ts [--per-thousand 0.06]
 * For a city of 3,000 packets and a prefecture of 100,000. What the template has (alarms, keys, endpoints) is counted in it;
 * requests of packets are what bench/cost.ts measures; the rest are the assumptions below, to be replaced by one's own.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { resourcesOf, type Template } from '../host/template.ts';
import { STAGES, SWEEP_EVERY_MINUTES } from '../infra/settings.ts';
import { STACK, synthesize } from '../infra/synthesize.ts';

/** US dollars, Tokyo, without any free tier; read in November 2026 from copies of the price lists. Verify for an offer. */
const PRICES = {
  alarm: 0.1,
  dashboard: 3,
  key: 1,
  secret: 0.4,
  webAcl: 5,
  webAclRule: 1,
  firewallRequest: 0.6e-6,
  cloudFrontRequest: 0.012e-4,
  cloudFrontGigabyte: 0.114,
  httpApiRequest: 1.29e-6,
  restApiRequest: 4.25e-6,
  endpointHour: 0.014,
  /** Cognito Essentials, each person who signs in in the month */
  signIn: 0.015,
  mail: 0.1e-3,
  scanGigabyte: 0.11,
  scanObject: 0.215e-3,
  lambdaGbSecond: 0.0000133334,
  lambdaGbSecondX86: 0.0000166667,
  lambdaRequest: 0.2e-6,
  s3Gigabyte: 0.025,
  tableGigabyte: 0.285,
  recoveryGigabyte: 0.228,
  copyGigabyte: 0.05,
  transferGigabyte: 0.09,
};

const ASSUMED = {
  /** of an upload with its documents, and of the records of a packet */
  megabytesPerPacket: 1.2,
  kilobytesOfRecords: 60,
  packetsPerUpload: 15,
  /** share of packets with pages to be read as pictures, pages of each, seconds a page in 3 GB */
  scanned: 0.2,
  scannedPages: 6,
  secondsPerPage: 6,
  /** dry runs of the page for each packet, seconds of one in the memory of the intake */
  checksPerPacket: 0.5,
  secondsPerCheck: 3,
  /** requests of the page for each packet: sending, reading the answer, the review of one in four */
  requestsPerPacket: 40,
  kilobytesPerAnswer: 12,
  /** months of packets that are kept: five years */
  monthsKept: 60,
};

interface Size {
  name: string;
  packets: number;
  /** people who sign in in the month */
  people: number;
}
const SIZES: Size[] = [
  { name: 'a city, 3,000 packets, 150 people', packets: 3000, people: 150 },
  { name: 'a prefecture, 100,000 packets, 4,000 people', packets: 100_000, people: 4000 },
];

const { values } = parseArgs({ options: { 'per-thousand': { type: 'string', default: '0.05' } } });

/** US dollars a month by part. */
function monthOf({ packets, people }: Size, template: Template, firewall: Template): [string, number][] {
  const count = (type: string): number => resourcesOf(template, type).length;
  const a = ASSUMED;
  const requests = packets * a.requestsPerPacket;
  const gigabytes = (packets * a.megabytesPerPacket) / 1024;
  const records = (packets * a.kilobytesOfRecords) / 1024 ** 2;
  const uploads = packets / a.packetsPerUpload;
  const rules = firewall.Resources
    ? resourcesOf(firewall, 'AWS::WAFv2::WebACL').flatMap(([, { Properties }]) => Properties.Rules).length
    : 0;
  const ocrSeconds = packets * a.scanned * a.scannedPages * a.secondsPerPage;
  const checkSeconds = packets * a.checksPerPacket * a.secondsPerCheck;
  const sweeps = (30 * 24 * 60) / SWEEP_EVERY_MINUTES;
  return [
    ['packets (bench/cost.ts)', (packets / 1000) * Number(values['per-thousand'])],
    ['pages read as pictures', ocrSeconds * 3 * PRICES.lambdaGbSecondX86],
    ['dry runs', checkSeconds * (STAGES.intake.memoryMb / 1024) * PRICES.lambdaGbSecond],
    ['malware scan', gigabytes * PRICES.scanGigabyte + uploads * PRICES.scanObject],
    ['API, CloudFront', requests * (PRICES.httpApiRequest + PRICES.cloudFrontRequest)],
    ['answers sent', ((requests * a.kilobytesPerAnswer) / 1024 ** 2) * PRICES.cloudFrontGigabyte],
    ['firewall', PRICES.webAcl + rules * PRICES.webAclRule + requests * PRICES.firewallRequest],
    ['sign-in', people * PRICES.signIn + people * PRICES.mail],
    ['alarms, dashboard', count('AWS::CloudWatch::Alarm') * PRICES.alarm + PRICES.dashboard],
    [
      'keys, secrets',
      count('AWS::KMS::Key') * PRICES.key + count('AWS::SecretsManager::Secret') * PRICES.secret,
    ],
    ['sweeps', sweeps * (PRICES.lambdaRequest + 2 * 0.5 * PRICES.lambdaGbSecondX86)],
    [
      'storage after five years',
      a.monthsKept *
        (gigabytes * PRICES.s3Gigabyte + records * (PRICES.tableGigabyte + PRICES.recoveryGigabyte)),
    ],
  ];
}

/** What the switches add: the city's own network, and copies in a second region. */
function switchesOf({ packets }: Size): [string, number][] {
  const a = ASSUMED;
  const stored = (a.monthsKept * packets * (a.megabytesPerPacket + a.kilobytesOfRecords / 1024)) / 1024;
  const moved = stored / a.monthsKept;
  return [
    [
      'closed network (two endpoints in two zones, REST API)',
      4 * 24 * 30 * PRICES.endpointHour + packets * a.requestsPerPacket * 0.3 * PRICES.restApiRequest,
    ],
    [
      'copies in a second region, after five years',
      2 * stored * PRICES.copyGigabyte + moved * PRICES.transferGigabyte,
    ],
  ];
}

const outdir = mkdtempSync(join(tmpdir(), 'uketsuke-month-'));
const assembly = synthesize({ outdir, bundle: false });
const [template, firewall] = [STACK, `${STACK}-Door`].map((name) => assembly.getStackByName(name).template);
rmSync(outdir, { recursive: true, force: true });
for (const size of SIZES) {
  const parts = monthOf(size, template as Template, firewall as Template);
  const total = parts.reduce((sum, [, dollars]) => sum + dollars, 0);
  console.log(`\n${size.name}\n\n| part | US$ a month |\n| --- | ---: |`);
  for (const [part, dollars] of [...parts, ['**together**', total] as const])
    console.log(`| ${part} | ${dollars.toFixed(2)} |`);
  for (const [part, dollars] of switchesOf(size)) console.log(`| besides: ${part} | ${dollars.toFixed(2)} |`);
}
