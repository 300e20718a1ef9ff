/** The members that the service adds to what it got from an SDK call. */
export function sdkResponse(requestId: string) {
  return {
    SdkHttpMetadata: { AllHttpHeaders: {}, HttpHeaders: {}, HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: requestId },
  }
}
