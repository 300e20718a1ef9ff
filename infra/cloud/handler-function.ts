import type { Duration } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { DeadLetters } from './dead-letters.ts'
import { type HandlerName, pascalCase } from './handlers.ts'
import type { Plane, WorkflowArns } from './plane.ts'
import { PlaneFunction } from './plane-function.ts'
import { planeVariables } from './plane-variables.ts'

/** A function with the plane's settings that works on the store; its id is its name. */
export class HandlerFunction extends PlaneFunction {
  constructor(
    scope: Construct,
    name: HandlerName | 'api',
    plane: Plane,
    workflows: WorkflowArns,
    more: { timeout?: Duration; deadLetters?: DeadLetters } = {},
  ) {
    super(scope, pascalCase(name), {
      name,
      bundles: plane.bundles,
      logDays: plane.context.logDays,
      variables: planeVariables(plane, workflows),
      ...more,
    })
    plane.table.grantPlane(this)
    plane.bucket.grantPlane(this)
  }
}
