import { ModelApprovalStatus } from '@aws-sdk/client-sagemaker'

const undecided = ModelApprovalStatus.PENDING_MANUAL_APPROVAL

/** In the order of a version's life. */
export const stages: readonly ModelApprovalStatus[] = [
  undecided,
  ModelApprovalStatus.APPROVED,
  ModelApprovalStatus.REJECTED,
]

/** A version that nobody has decided on is waiting for it, also when it was made without a status. */
export function toStage(status: ModelApprovalStatus | undefined): ModelApprovalStatus {
  return status ?? undecided
}
