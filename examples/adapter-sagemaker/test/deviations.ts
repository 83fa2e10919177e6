const description =
  'SageMaker has no call that changes a description: UpdateModelPackage has no such field, and groups have no update.'
const descriptionText =
  'A description in SageMaker has no line breaks (EntityDescription: letters, marks, blanks, symbols, digits, punctuation).'
const archived =
  'SageMaker has no stage Archived: ModelApprovalStatus is PendingManualApproval, Approved or Rejected.'

/** What SageMaker itself cannot do. */
export const ofSagemaker: Readonly<Record<string, string>> = {
  'MG-WRITE-004': `${description} The check does every write there is.`,
  'MG-WRITE-007': `${description} The check does every write there is.`,
  'MG-WDEADLINE-001': `${description} The check does every write there is.`,
  'MG-WPAGE-001': `${description} The check writes descriptions in between.`,
  'MG-WPAGE-002': `${description} The check writes descriptions in between.`,
  'MG-WPAGE-003': `${description} The check writes descriptions in between.`,
  'MG-WPAGE-004': `${description} The check writes descriptions in between.`,
  'MG-WMODEL-001': descriptionText,
  'MG-WMODEL-005': description,
  'MG-WVERSION-002': descriptionText,
  'MG-WVERSION-007': description,
  'MG-WSTAGE-002': archived,
  'MG-WSTAGE-004': archived,
}

const noDelete = 'moto 5.2.5 has no DeleteModelPackage and no DeleteModelPackageGroup; AWS has both.'
const noCollision =
  'moto 5.2.5 replaces a group that is there; AWS answers ValidationException, as a name is unique in an account and region.'
const replaces =
  'moto 5.2.5 replaces all CustomerMetadataProperties in UpdateModelPackage, and fails where none are given; AWS adds those that are given and removes those that are named.'

/** What moto lacks besides, as it comes from PyPI. */
export const ofMoto: Readonly<Record<string, string>> = {
  'MG-WMODEL-004': noCollision,
  'MG-WMODEL-010': noDelete,
  'MG-WMODEL-012': noDelete,
  'MG-WVERSION-009': noDelete,
  'MG-WVERSION-010': noDelete,
  'MG-WVERSION-011': noDelete,
  'MG-WVERSION-012': noDelete,
  'MG-WTAG-201': replaces,
  'MG-WTAG-204': replaces,
  'MG-WTAG-205': replaces,
  'MG-WTAG-206': replaces,
  'MG-WCOPY-004': noDelete,
  'MG-WRACE-002': noCollision,
  'MG-WRACE-005': replaces,
}
