import { Aws, CfnOutput, Duration, Fn, RemovalPolicy } from 'aws-cdk-lib';
import { CfnStage, HttpApi, HttpMethod, HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  ClientAttributes,
  Mfa,
  OAuthScope,
  StringAttribute,
  UserPool,
  type UserPoolClient,
  UserPoolEmail,
} from 'aws-cdk-lib/aws-cognito';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Answerer, API_ROUTES } from '../api-routes.ts';
import type { Deployment } from '../deployment.ts';
import { LOG_RETENTION_DAYS } from '../settings.ts';
import type { DeskFunction } from './desk-function.ts';
import { Door, type DoorProps } from './door.ts';
import { invitation } from './invitation.ts';
import { KEPT } from './storage.ts';

/** User groups: 事業所, 包括, 市, operator. */
const ROLES = ['office', 'hokatsu', 'city', 'operator'] as const;

/**
 * Eight characters that no other stack has, the begin of the id that CloudFormation gave it: prefixes of sign-in pages are one
 * list for all accounts of a region, and everyone who signs in sees them.
 */
const idOfStack = (): string => Fn.select(0, Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID))));

type MailProps = Pick<Deployment, 'mailFrom' | 'region'>;

export interface ConsoleProps extends MailProps, Pick<DoorProps, 'domain'> {
  key: IKey;
  /** begin of fixed names */
  prefix: string;
}

/** The HTTP API and the sign-in for users. */
export class Console extends Construct {
  readonly api: HttpApi;
  readonly users: UserPool;
  readonly client: UserPoolClient;
  /** one line per answer */
  readonly requests: LogGroup;
  private readonly signedIn: HttpJwtAuthorizer;
  /** URL of the sign-in page */
  readonly signInUrl: string;

  /** CloudFront before it */
  readonly door: Door;

  constructor(scope: Construct, id: string, { key, prefix, domain, ...mail }: ConsoleProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', { createDefaultStage: false });
    const apiHost = `${this.api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`;
    this.door = new Door(this, 'Door', { apiHost, domain });
    const users = this.makeUsers(this.door.url, mail);
    this.users = users;
    this.client = users.addClient('Web', {
      generateSecret: false,
      preventUserExistenceErrors: true,
      authFlows: { userSrp: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID],
        callbackUrls: [`${this.door.url}/`],
        logoutUrls: [`${this.door.url}/`],
      },
      idTokenValidity: Duration.hours(1),
      accessTokenValidity: Duration.hours(1),
      // A working day: then people sign in again.
      refreshTokenValidity: Duration.hours(12),
      enableTokenRevocation: true,
      // They carry the rights in the token.
      readAttributes: new ClientAttributes().withCustomAttributes('office', 'city', 'areas'),
      // By default a client may write every attribute: a user could assign himself another office or city.
      writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
    });
    const domainPrefix = `${prefix}-${idOfStack()}`;
    users.addDomain('SignIn', { cognitoDomain: { domainPrefix } });
    this.signInUrl = `https://${domainPrefix}.auth.${Aws.REGION}.amazoncognito.com`;
    new CfnOutput(this, 'SignInUrl', { value: this.signInUrl }).overrideLogicalId('SignInUrl');
    for (const role of ROLES)
      new CfnUserPoolGroup(this, `Group-${role}`, { userPoolId: users.userPoolId, groupName: role });
    const issuer = `https://cognito-idp.${Aws.REGION}.amazonaws.com/${users.userPoolId}`;
    this.signedIn = new HttpJwtAuthorizer('SignedIn', issuer, {
      jwtAudience: [this.client.userPoolClientId],
    });
    this.requests = this.stage(key);
  }

  /** Routes every request to its function, with one permission of each for the whole API. */
  addRoutes(functions: Record<Answerer, DeskFunction>): void {
    const integrate = (id: string, { fn }: DeskFunction) =>
      new HttpLambdaIntegration(id, fn, { scopePermissionToRoute: false });
    const integrations: Record<Answerer, HttpLambdaIntegration> = {
      api: integrate('Answer', functions.api),
      check: integrate('Check', functions.check),
      operate: integrate('Operate', functions.operate),
    };
    for (const { method, path, open, by = 'api' } of API_ROUTES)
      this.api.addRoutes({
        path,
        methods: [HttpMethod[method]],
        integration: integrations[by],
        authorizer: open ? new HttpNoneAuthorizer() : this.signedIn,
      });
  }

  /** Requests that the API refused (4xx) and at which it failed (5xx), in five minutes. */
  answers(): IMetric[] {
    const every = { period: Duration.minutes(5), statistic: 'Sum' };
    return [this.api.metricClientError(every), this.api.metricServerError(every)];
  }

  private makeUsers(pageUrl: string, { mailFrom, region }: MailProps): UserPool {
    return new UserPool(this, 'Users', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      ...(mailFrom && {
        email: UserPoolEmail.withSES({ fromEmail: mailFrom, fromName: '受付', sesRegion: region }),
      }),
      userInvitation: invitation(pageUrl),
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
      },
      // The office, city and areas of a user; only the operator may set them.
      customAttributes: {
        office: new StringAttribute({ mutable: true }),
        city: new StringAttribute({ mutable: true }),
        areas: new StringAttribute({ mutable: true }),
      },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  private stage(key: IKey): LogGroup {
    const log = new LogGroup(this, 'Requests', {
      encryptionKey: key,
      retention: LOG_RETENTION_DAYS as RetentionDays,
      removalPolicy: KEPT,
    });
    // No path and no query string: they contain receipt numbers and more.
    const format = {
      id: '$context.requestId',
      route: '$context.routeKey',
      status: '$context.status',
      ms: '$context.responseLatency',
    };
    new CfnStage(this, 'Stage', {
      apiId: this.api.apiId,
      stageName: '$default',
      autoDeploy: true,
      accessLogSettings: { destinationArn: log.logGroupArn, format: JSON.stringify(format) },
      defaultRouteSettings: { throttlingBurstLimit: 100, throttlingRateLimit: 50 },
    });
    return log;
  }
}
