import {
  FlowLogDestination,
  FlowLogTrafficType,
  GatewayVpcEndpointAwsService,
  type ISubnet,
  type IVpc,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2'
import type { RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { Log } from './log.ts'

/**
 * Where tasks run: public subnets into which nothing may connect, so that no NAT gateway is paid
 * for; table and bucket are reached by gateway endpoints.
 */
export class Network extends Construct {
  readonly vpc: IVpc
  readonly subnets: readonly ISubnet[]
  readonly group: SecurityGroup
  /** Whether a task must have a public address to reach anything. */
  readonly publicAddresses = true

  constructor(scope: Construct, id: string, { logDays }: { logDays: RetentionDays }) {
    super(scope, id)
    const vpc = new Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [
        { name: 'Public', subnetType: SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
      ],
      restrictDefaultSecurityGroup: false,
      gatewayEndpoints: {
        S3: { service: GatewayVpcEndpointAwsService.S3 },
        DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB },
      },
    })
    if (!isVpc(vpc)) throw new TypeError('a Vpc is no IVpc')
    vpc.addFlowLog('Rejected', {
      trafficType: FlowLogTrafficType.REJECT,
      destination: FlowLogDestination.toCloudWatchLogs(new Log(this, 'FlowLog', logDays)),
    })
    this.group = new SecurityGroup(this, 'Tasks', {
      vpc,
      description: 'Tasks: nothing in, HTTPS out',
      allowAllOutbound: false,
    })
    this.group.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'repositories, models, AWS')
    this.vpc = vpc
    this.subnets = vpc.publicSubnets
  }
}

/** Under exactOptionalPropertyTypes CDK's class is not seen to be what it implements. */
const isVpc = (vpc: Vpc): vpc is Vpc & IVpc => 'vpcId' in vpc
