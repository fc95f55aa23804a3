import { resolve } from 'node:path';
import { type CfnResource, Duration, Size } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, RecursiveLoop, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { LOG_RETENTION_DAYS } from '../settings.ts';
import { KEPT } from './storage.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Libraries that ../bundle-assets.ts copies where a function needs them: native parts, and what few starts load. */
export const BESIDE_THE_BUNDLE = ['@napi-rs/canvas', 'pdfkit'];

export interface DeskFunctionProps {
  /** folder below functions/; its handler.ts exports `handler` */
  name: string;
  timeout: number;
  memoryMb: number;
  scratchMb?: number;
  /** concurrent runs that no other function can take away; 0: none */
  reserved?: number;
  /** it sends the rest of its work to its own queue, which ends by its own clock */
  sendsToItself?: boolean;
  key: IKey;
  environment: Record<string, string>;
  /** folders copied beside the bundle: infra/bundle-assets.ts */
  assets?: ('profiles' | 'containers' | 'pages' | 'pdfjs' | 'tesseract' | 'web' | 'fonts')[];
}

/**
 * A Lambda function: Node 24 on arm64 (OCR: x86-64, for which its drawing library is), one ESM file, its own role and
 * its own encrypted log group. The template's metadata contains the entry, from which the one-machine host loads the
 * same handler.
 */
export class DeskFunction extends Construct {
  readonly fn: NodejsFunction;
  readonly logs: LogGroup;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: DeskFunctionProps) {
    super(scope, id);
    this.logs = new LogGroup(this, 'Logs', {
      encryptionKey: props.key,
      retention: LOG_RETENTION_DAYS as RetentionDays,
      removalPolicy: KEPT,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [this.logs.logGroupArn],
      }),
    );
    const assets = props.assets ?? [];
    const entry = `functions/${props.name}/handler.ts`;
    this.fn = new NodejsFunction(this, 'Function', {
      entry: resolve(ROOT, entry),
      projectRoot: ROOT,
      depsLockFilePath: resolve(ROOT, 'package-lock.json'),
      handler: 'handler',
      runtime: Runtime.NODEJS_24_X,
      // The native part of the OCR function is for x86-64 (../drawing-library.ts).
      architecture: assets.includes('tesseract') ? Architecture.X86_64 : Architecture.ARM_64,
      role: this.role,
      logGroup: this.logs,
      tracing: Tracing.DISABLED,
      ...(props.reserved && { reservedConcurrentExecutions: props.reserved }),
      // Lambda would stop a chain of some 16 runs through a queue and drop the rest of a long upload.
      ...(props.sendsToItself && { recursiveLoop: RecursiveLoop.ALLOW }),
      timeout: Duration.seconds(props.timeout),
      memorySize: props.memoryMb,
      ephemeralStorageSize: Size.mebibytes(props.scratchMb ?? 512),
      environment: {
        ...props.environment,
        ...(assets.includes('profiles') && { UKETSUKE_PROFILES: '/var/task/profiles' }),
        ...(assets.includes('containers') && {
          UKETSUKE_CONTAINER_PROGRAM: '/var/task/containers.mjs',
          UKETSUKE_LIBARCHIVE: '/var/task/libarchive.wasm',
        }),
        ...(assets.includes('pages') && { UKETSUKE_PAGES_PROGRAM: '/var/task/pages.mjs' }),
        ...(assets.includes('pdfjs') && {
          UKETSUKE_PDFJS: '/var/task/pdfjs',
          UKETSUKE_PDF_PROGRAM: '/var/task/pdf.mjs',
        }),
        ...(assets.includes('tesseract') && {
          UKETSUKE_TESSERACT: '/var/task/tesseract',
          UKETSUKE_OCR_PROGRAM: '/var/task/ocr.mjs',
        }),
        ...(assets.includes('fonts') && { UKETSUKE_FONTS: '/var/task/fonts' }),
        ...(assets.includes('web') && { UKETSUKE_WEB: '/var/task/web' }),
      },
      environmentEncryption: props.key,
      bundling: {
        format: OutputFormat.ESM,
        target: 'node24',
        minify: true,
        keepNames: true,
        // The SDK is bundled too, so that the tested version runs.
        externalModules: BESIDE_THE_BUNDLE,
        banner: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
        forceDockerBundling: false,
        commandHooks: {
          beforeBundling: () => [],
          beforeInstall: () => [],
          afterBundling: (_input, output) =>
            assets.length === 0
              ? []
              : [
                  `"${process.execPath}" "${resolve(ROOT, 'infra/bundle-assets.ts')}" "${output}" ${assets.join(' ')}`,
                ],
        },
      },
    });
    (this.fn.node.defaultChild as CfnResource).addMetadata('uketsuke:entry', entry);
  }

  /** Grants exact actions on exact resources. */
  allow(
    actions: string[],
    resources: string[],
    conditions?: Record<string, Record<string, string | string[]>>,
  ): void {
    this.role.addToPolicy(new PolicyStatement({ actions, resources, ...(conditions && { conditions }) }));
  }
}
