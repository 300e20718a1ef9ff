import { Duration, Stack } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import {
  HttpApi as GatewayApi,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { Construct } from 'constructs'
import { acknowledge } from './acknowledge.ts'
import { HandlerFunction } from './handler-function.ts'
import { Log } from './log.ts'
import type { Plane, WorkflowArns } from './plane.ts'
import type { Workflow } from './workflow.ts'

/** The HTTP API: one function behind every path, which authenticates by itself (A2). */
export class HttpApi extends Construct {
  readonly url: string

  constructor(
    scope: Construct,
    id: string,
    plane: Plane,
    { pipeline, turn, arns }: { pipeline: Workflow; turn: Workflow; arns: WorkflowArns },
  ) {
    super(scope, id)
    const { context, tasks } = plane
    const app = new HandlerFunction(this, 'api', plane, arns, { timeout: GATEWAY_TIMEOUT })
    pipeline.grantStartExecution(app)
    pipeline.grantStop(app)
    pipeline.grantDescribe(app)
    plane.cluster.grantStop(app)
    turn.grant(app, 'states:SendTaskFailure')
    tasks.grantRegister(app)

    const api = new GatewayApi(this, 'Gateway', {
      apiName: Stack.of(this).stackName,
      createDefaultStage: false,
      defaultIntegration: new HttpLambdaIntegration('App', app.function),
    })
    const stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      autoDeploy: true,
      throttle: { rateLimit: 50, burstLimit: 100 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(new Log(this, 'AccessLog', context.logDays)),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS)),
      },
    })
    acknowledge(api, { APIG4: 'The app authenticates each request and checks its scope.' })
    this.url = stage.url
  }
}

/** API Gateway waits no longer than 30 seconds. */
const GATEWAY_TIMEOUT = Duration.seconds(29)

/** What the access log says of a request: no header, so no token. */
const ACCESS = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  bytes: '$context.responseLength',
  ms: '$context.responseLatency',
  error: '$context.integrationErrorMessage',
}
