import { Aws, CfnCondition, CfnOutput, CfnParameter, Duration, Fn } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  GeoRestriction,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { DOOR_HEADER } from '../../functions/api/door.ts';

export interface DoorProps {
  /** host of the API */
  apiHost: string;
  /** the city's own address with its certificate in us-east-1; null: an address of CloudFront */
  domain: { name: string; certificate: string } | null;
}

/**
 * The only way in: CloudFront before page and API, with the firewall of ../door-stack.ts. It adds a secret header, without
 * which the function refuses: the API's own address answers no one.
 */
export class Door extends Construct {
  /** address of the page: https://… without a slash */
  readonly url: string;
  /** value of DOOR_HEADER, as a reference that CloudFormation resolves */
  readonly secret: string;

  constructor(scope: Construct, id: string, { apiHost, domain }: DoorProps) {
    super(scope, id);
    const secret = new Secret(this, 'Secret', {
      description: 'uketsuke: by which the API knows that a request came through CloudFront',
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
    });
    this.secret = secret.secretValue.unsafeUnwrap();
    const origin = new HttpOrigin(apiHost, {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      customHeaders: { [DOOR_HEADER]: this.secret },
      // The function may take 29 seconds.
      readTimeout: Duration.seconds(35),
    });
    const behaviour = {
      origin,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy: this.headers(),
    };
    const distribution = new Distribution(this, 'Distribution', {
      comment: 'uketsuke',
      defaultBehavior: {
        ...behaviour,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        // Records are never kept outside Japan.
        cachePolicy: CachePolicy.CACHING_DISABLED,
      },
      // The files of the page, each named after its contents.
      additionalBehaviors: { '/web/*': { ...behaviour, cachePolicy: CachePolicy.CACHING_OPTIMIZED } },
      webAclId: this.firewall(),
      geoRestriction: GeoRestriction.allowlist('JP'),
      httpVersion: HttpVersion.HTTP2_AND_3,
      // The smallest class with places in Japan.
      priceClass: PriceClass.PRICE_CLASS_200,
      // CloudFront's own address knows no other policy than its own.
      ...(domain && {
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        domainNames: [domain.name],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificate),
      }),
    });
    this.url = `https://${domain?.name ?? distribution.distributionDomainName}`;
    new CfnOutput(this, 'Url', { value: this.url }).overrideLogicalId('PageUrl');
  }

  /** ARN of the web ACL, an output of the other stack. Without one every address of Japan may come. */
  private firewall(): string {
    const arn = new CfnParameter(this, 'WebAcl', {
      default: '',
      description: 'ARN of the web ACL: the output WebAcl of the stack of the firewall in us-east-1',
    });
    arn.overrideLogicalId('WebAcl');
    const isGiven = new CfnCondition(this, 'HasFirewall', {
      expression: Fn.conditionNot(Fn.conditionEquals(arn.valueAsString, '')),
    });
    return Fn.conditionIf(isGiven.logicalId, arn.valueAsString, Aws.NO_VALUE).toString();
  }

  private headers(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'Headers', {
      securityHeadersBehavior: {
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(365),
          includeSubdomains: true,
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      },
    });
  }
}
