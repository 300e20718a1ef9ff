import { RemovalPolicy, Stack } from 'aws-cdk-lib'
import { AttributeType, BillingMode, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb'
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Construct, IConstruct } from 'constructs'
import { TABLE_SCHEMA } from '#infra/table-schema.ts'
import { wildcard } from './acknowledge.ts'

/**
 * The one table. It outlives the stack, and its name is the stack's, so that a later deploy can
 * adopt it (`cdk deploy --import-existing-resources`).
 */
export class StateTable extends Table {
  private readonly readable: string[]

  constructor(scope: Construct, id: string) {
    const { key, indexes, expires, stream } = TABLE_SCHEMA
    super(scope, id, {
      tableName: Stack.of(scope).stackName,
      partitionKey: text(key.partition),
      sortKey: text(key.sort),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: expires,
      stream: StreamViewType[stream],
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    })
    this.readable = [this.tableArn]
    for (const [indexName, { partition, sort }] of Object.entries(indexes)) {
      this.addGlobalSecondaryIndex({
        indexName,
        partitionKey: text(partition),
        sortKey: text(sort),
      })
      this.readable.push(`${this.tableArn}/index/${indexName}`)
    }
  }

  /** Lets one of the plane's functions read and change every item. */
  grantPlane(to: IGrantable): void {
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['dynamodb:Query'], resources: this.readable }),
    )
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ITEMS, resources: [this.tableArn] }),
    )
  }

  /** Lets a function be invoked with the table's stream. */
  grantPublisher(to: IGrantable & IConstruct): void {
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
        resources: [this.tableStreamArn ?? ''],
      }),
    )
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['dynamodb:ListStreams'],
        resources: [wildcard(to, '*', 'Which streams there are is not known by table.')],
      }),
    )
  }

  /** Lets a supervisor read and change what is stored of runs: no token, no project, no lease. */
  grantAgent(to: IGrantable): void {
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['dynamodb:Query', ...ITEMS],
        resources: [this.tableArn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['run#*'] } },
      }),
    )
  }
}

/** What the store does with items, alone and in transactions; it never deletes one. */
const ITEMS = [
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:ConditionCheckItem',
]

const text = (name: string) => ({ name, type: AttributeType.STRING })
