import { Aws, CfnOutput, Duration, Fn } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  CfnBasePathMappingV2,
  CfnDomainNameAccessAssociation,
  CfnDomainNameV2,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  RestApi,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import { CfnSecurityGroup, CfnVPCEndpoint, InterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { type Answerer, API_ROUTES } from '../api-routes.ts';
import type { ClosedNetwork } from '../closed-network.ts';
import { LOG_RETENTION_DAYS } from '../settings.ts';
import { DeskFunction } from './desk-function.ts';
import { KEPT } from './storage.ts';

export interface ClosedDoorProps {
  network: ClosedNetwork;
  key: IKey;
  inbox: IBucket;
}

/** How long API Gateway keeps the answer about a token: a person who left may act that much longer. */
const AUTHORIZED_SECONDS = 60;

/**
 * The door of the city's own network: a private API with the routes of the public one, reached through an endpoint of the
 * city's VPC alone, with the sign-in of the city's own identity provider. Uploads go through an endpoint of S3.
 */
export class ClosedDoor extends Construct {
  /** one line per answer */
  readonly requests: LogGroup;
  readonly authorizer: DeskFunction;
  /** settings of the API: how people of this door sign in, and the address they upload to */
  readonly settings: Record<string, string>;
  /** address of the page: https://… without a slash */
  readonly url: string;
  private readonly network: ClosedNetwork;
  private readonly api: RestApi;

  constructor(scope: Construct, id: string, { network, key, inbox }: ClosedDoorProps) {
    super(scope, id);
    this.network = network;
    this.url = `https://${network.domain}`;
    const group = this.group();
    // Whatever is sent to an endpoint: calls of APIs of this account, and uploads.
    const calls = this.endpoint('Calls', 'execute-api', group, (region) => [
      allow('execute-api:Invoke', `arn:${Aws.PARTITION}:execute-api:${region}:${Aws.ACCOUNT_ID}:*`),
    ]);
    const uploads = this.endpoint('Uploads', 's3', group, () => [
      allow('s3:PutObject', inbox.arnForObjects('uploads/*')),
    ]);
    this.requests = new LogGroup(this, 'Requests', {
      encryptionKey: key,
      retention: LOG_RETENTION_DAYS as RetentionDays,
      removalPolicy: KEPT,
    });
    this.api = this.privateApi(calls);
    this.authorizer = new DeskFunction(this, 'Authorizer', {
      name: 'authorize',
      timeout: 10,
      memoryMb: 256,
      key,
      environment: {
        CLOSED_ISSUER: network.issuer,
        CLOSED_CLIENT: network.client,
        CLOSED_KEYS: JSON.stringify({ keys: network.keys }),
      },
    });
    this.nameIt(calls);
    this.settings = {
      STAFF_DOOR: 'closed',
      CLOSED_ISSUER: network.issuer,
      CLOSED_CLIENT: network.client,
      CLOSED_UPLOADS: `https://bucket${hostOf(uploads)}`,
    };
  }

  /** The routes of the public API; those without a record need no token. */
  addRoutes(functions: Record<Answerer, DeskFunction>): void {
    const answeredBy = ({ fn }: DeskFunction) =>
      new LambdaIntegration(fn, { scopePermissionToMethod: false });
    const integrations: Record<Answerer, LambdaIntegration> = {
      api: answeredBy(functions.api),
      check: answeredBy(functions.check),
      operate: answeredBy(functions.operate),
    };
    const authorizer = new TokenAuthorizer(this, 'SignedIn', {
      handler: this.authorizer.fn,
      resultsCacheTtl: Duration.seconds(AUTHORIZED_SECONDS),
    });
    for (const { method, path, open, by = 'api' } of API_ROUTES)
      this.api.root
        .resourceForPath(path)
        .addMethod(
          method,
          integrations[by],
          open ? { authorizationType: AuthorizationType.NONE } : { authorizer },
        );
  }

  private group(): CfnSecurityGroup {
    return new CfnSecurityGroup(this, 'Clients', {
      vpcId: this.network.vpc,
      groupDescription: 'uketsuke: who may reach the desk from the network of the city',
      securityGroupIngress: this.network.clients.map((cidrIp) => ({
        ipProtocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        cidrIp,
        description: 'https',
      })),
      // An endpoint begins no connection.
      securityGroupEgress: [{ ipProtocol: 'icmp', fromPort: 252, toPort: 86, cidrIp: '255.255.255.255/32' }],
    });
  }

  private endpoint(
    id: string,
    service: string,
    group: CfnSecurityGroup,
    statements: (region: string) => PolicyStatement[],
  ): CfnVPCEndpoint {
    return new CfnVPCEndpoint(this, id, {
      vpcId: this.network.vpc,
      subnetIds: this.network.subnets,
      vpcEndpointType: 'Interface',
      serviceName: `com.amazonaws.${Aws.REGION}.${service}`,
      securityGroupIds: [group.attrGroupId],
      // Other systems of the VPC keep their way to these services.
      privateDnsEnabled: false,
      policyDocument: new PolicyDocument({ statements: statements(Aws.REGION) }),
    });
  }

  private privateApi(calls: CfnVPCEndpoint): RestApi {
    const endpoint = InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(this, 'Named', {
      vpcEndpointId: calls.attrId,
      port: 443,
    });
    return new RestApi(this, 'Api', {
      description: 'uketsuke: for the network of the city',
      endpointConfiguration: { types: [EndpointType.PRIVATE], vpcEndpoints: [endpoint] },
      policy: new PolicyDocument({ statements: throughOnly(calls, 'execute-api:/*') }),
      // Documents and letters are no text.
      binaryMediaTypes: ['*/*'],
      // An account setting without which API Gateway writes no log; it stays when the stack is removed.
      cloudWatchRole: true,
      deployOptions: {
        stageName: 'desk',
        throttlingBurstLimit: 100,
        throttlingRateLimit: 50,
        accessLogDestination: new LogGroupLogDestination(this.requests),
        // No path and no query string: they contain receipt numbers and more.
        accessLogFormat: AccessLogFormat.custom(
          JSON.stringify({
            id: '$context.requestId',
            route: '$context.resourcePath',
            status: '$context.status',
            ms: '$context.responseLatency',
          }),
        ),
      },
    });
  }

  /** The city's own name for the desk: the page needs an address without the name of a stage. */
  private nameIt(calls: CfnVPCEndpoint): void {
    const { domain, certificate } = this.network;
    const name = new CfnDomainNameV2(this, 'Name', {
      domainName: domain,
      certificateArn: certificate,
      endpointConfiguration: { types: ['PRIVATE'] },
      securityPolicy: 'TLS_1_2',
      policy: new PolicyDocument({ statements: throughOnly(calls, 'execute-api:/*') }),
    });
    new CfnBasePathMappingV2(this, 'Path', {
      domainNameArn: name.attrDomainNameArn,
      restApiId: this.api.restApiId,
      stage: this.api.deploymentStage.stageName,
    });
    new CfnDomainNameAccessAssociation(this, 'Access', {
      domainNameArn: name.attrDomainNameArn,
      accessAssociationSource: calls.attrId,
      accessAssociationSourceType: 'VPCE',
    });
    const output = (id: string, value: string): void =>
      new CfnOutput(this, id, { value }).overrideLogicalId(id);
    output('ClosedPageUrl', this.url);
    // What the city's name server answers for the name.
    output('ClosedPageTarget', Fn.select(1, Fn.split(':', Fn.select(0, calls.attrDnsEntries))));
  }
}

const allow = (action: string, resource: string): PolicyStatement =>
  new PolicyStatement({ principals: [new AnyPrincipal()], actions: [action], resources: [resource] });

/** Everyone who comes through the endpoint, and no one else. */
function throughOnly(endpoint: CfnVPCEndpoint, resource: string): PolicyStatement[] {
  const conditions = { StringEquals: { 'aws:SourceVpce': endpoint.attrId } };
  const statement = {
    principals: [new AnyPrincipal()],
    actions: ['execute-api:Invoke'],
    resources: [resource],
  };
  return [new PolicyStatement({ ...statement, conditions })];
}

/** `.vpce-….s3.<region>.vpce.amazonaws.com`: the first name of an endpoint is `<zone>:*.vpce-…`. */
const hostOf = (endpoint: CfnVPCEndpoint): string =>
  Fn.select(1, Fn.split('*', Fn.select(0, endpoint.attrDnsEntries)));
