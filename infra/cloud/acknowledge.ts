import { Stack, Validations } from 'aws-cdk-lib'
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js'
import type { IConstruct } from 'constructs'

/** Accepts findings of AwsSolutions below a construct: rule without its prefix, and why. */
export const acknowledge = (at: IConstruct, findings: Readonly<Record<string, string>>): void => {
  for (const [rule, reason] of Object.entries(findings))
    Validations.of(at).acknowledge({ id: `AwsSolutions-${rule}`, reason })
}

/**
 * The resource as given, which holds a wildcard: accepts the finding about it below a construct.
 * cdk-nag names the finding by the text that the resource comes to.
 */
export const wildcard = (at: IConstruct, resource: string, reason: string): string => {
  const text = flattenCfnReference(Stack.of(at).resolve(resource))
  acknowledge(at, { [`IAM5[Resource::${text}]`]: reason })
  return resource
}
