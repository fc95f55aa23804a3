import { CfnCondition, CfnOutput, CfnParameter, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnIPSet, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { REQUESTS_PER_FIVE_MINUTES } from './settings.ts';

/**
 * The firewall before CloudFront. AWS keeps those in us-east-1 alone, so it is a stack of its own; it sees addresses and
 * request lines and stores nothing.
 */
export class DoorStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const isLimited = this.addresses();
    const acl = new CfnWebACL(this, 'Firewall', {
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visible('uketsuke'),
      rules: [
        isLimited,
        {
          name: 'rate',
          priority: 1,
          action: { block: {} },
          statement: {
            rateBasedStatement: { limit: REQUESTS_PER_FIVE_MINUTES, aggregateKeyType: 'IP' },
          },
          visibilityConfig: visible('rate'),
        },
        managed('AWSManagedRulesAmazonIpReputationList', 2),
        managed('AWSManagedRulesKnownBadInputsRuleSet', 3),
      ],
    });
    new CfnOutput(this, 'WebAcl', { value: acl.attrArn });
  }

  /** Blocks every address that is not on the list; without a list no address is blocked. */
  private addresses() {
    const given = new CfnParameter(this, 'AllowedAddresses', {
      type: 'CommaDelimitedList',
      default: '',
      description: 'IPv4 ranges (CIDR) that may come, e.g. of the city and its offices; empty: any in Japan',
    });
    const isGiven = new CfnCondition(this, 'HasAddresses', {
      expression: Fn.conditionNot(Fn.conditionEquals(Fn.join('', given.valueAsList), '')),
    });
    const set = new CfnIPSet(this, 'Addresses', {
      scope: 'CLOUDFRONT',
      ipAddressVersion: 'IPV4',
      addresses: given.valueAsList,
    });
    set.cfnOptions.condition = isGiven;
    const rule = {
      Name: 'addresses',
      Priority: 0,
      Action: { Block: {} },
      Statement: { NotStatement: { Statement: { IPSetReferenceStatement: { Arn: set.attrArn } } } },
      VisibilityConfig: {
        CloudWatchMetricsEnabled: true,
        MetricName: 'addresses',
        SampledRequestsEnabled: false,
      },
    };
    return Fn.conditionIf(isGiven.logicalId, rule, {
      Ref: 'AWS::NoValue',
    }) as unknown as CfnWebACL.RuleProperty;
  }
}

const visible = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  metricName,
  // A sample would hold request lines, with receipt numbers.
  sampledRequestsEnabled: false,
});

const managed = (name: string, priority: number): CfnWebACL.RuleProperty => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: { managedRuleGroupStatement: { vendorName: 'AWS', name } },
  visibilityConfig: visible(name),
});
